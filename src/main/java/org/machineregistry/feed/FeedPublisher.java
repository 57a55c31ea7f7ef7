package org.machineregistry.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.machine.MachineReader;
import org.machineregistry.machine.OwnedView;

/** Reads what changed, for all streams together, and sends it. */
@ApplicationScoped
class FeedPublisher {
    private final MachineReader machines;
    private final Subscriptions subscriptions;
    private final FeedEvents events;

    FeedPublisher(DataSource database, Subscriptions subscriptions, FeedEvents events) {
        this.machines = new MachineReader(new HeldQueries(database));
        this.subscriptions = subscriptions;
        this.events = events;
    }

    /**
     * Sends what changed to all streams of its owner; and to streams that have just been shown their snapshot, what happened
     * while it was read.
     *
     * @return those that missed too much, and need another snapshot
     */
    List<Subscription> send(List<Subscription> shown, Set<Change> changed) {
        List<Subscription> again = new ArrayList<>();
        Map<Subscription, Set<Change>> missed = new LinkedHashMap<>();
        for (Subscription subscription : shown) {
            subscription.takeMissed().ifPresentOrElse(changes -> missed.put(subscription, changes),
                    () -> again.add(subscription));
        }
        Map<String, Set<Change>> byOwner = new HashMap<>();
        changed.forEach(change -> byOwner.computeIfAbsent(change.owner(), owner -> new LinkedHashSet<>()).add(change));
        missed.forEach(
                (subscription, changes) -> changes.addAll(byOwner.getOrDefault(subscription.user.id(), Set.of())));
        Map<String, OwnedView> rows = read(missed, changed);
        missed.forEach((subscription, changes) -> send(List.of(subscription), changes, rows));
        byOwner.forEach((owner, changes) -> send(
                subscriptions.of(owner).stream().filter(subscription -> !missed.containsKey(subscription)).toList(),
                changes, rows));
        return again;
    }

    /** Sends one owner's changes to streams of theirs. */
    private void send(List<Subscription> streams, Set<Change> changes, Map<String, OwnedView> rows) {
        Map<String, Change> shown = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.kind() == Kind.REMOVED) {
                // Before the rest: an id may be registered again.
                send(streams, change, events.removed(change.machineId()));
            } else {
                shown.put(change.machineId(), change);
            }
        }
        shown.forEach((machineId, change) -> {
            OwnedView row = rows.get(machineId);
            if (row != null && row.owner().equals(change.owner())) {
                send(streams, change, events.machine(row.machine()));
            }
        });
    }

    private static void send(List<Subscription> streams, Change change, FeedEvent event) {
        streams.forEach(subscription -> subscription.send(change, event));
    }

    private Map<String, OwnedView> read(Map<Subscription, Set<Change>> missed, Set<Change> changed) {
        Set<String> machineIds = new HashSet<>();
        Stream.concat(changed.stream(), missed.values().stream().flatMap(Set::stream))
                .filter(change -> change.kind() != Kind.REMOVED)
                .forEach(change -> machineIds.add(change.machineId()));
        Map<String, OwnedView> rows = new HashMap<>();
        if (!machineIds.isEmpty()) {
            machines.find(machineIds).forEach(row -> rows.put(row.machine().machineId(), row));
        }
        return rows;
    }
}
