package org.machineregistry.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.change.Change;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.identity.Owners;
import org.machineregistry.machine.list.MachineReader;
import org.machineregistry.machine.list.MachineView;
import org.machineregistry.machine.selection.Selection;

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
     * Sends what changed to all streams that show its owner's machines; and to streams that have just been shown their snapshot,
     * what happened while it was read.
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
        missed.forEach((subscription, changes) -> of(subscription.owners, byOwner).forEach(changes::addAll));
        ChangedRows rows = rowsOf(missed, changed);
        missed.forEach((subscription, changes) -> {
            sendGone(List.of(subscription), changes);
            sendShown(List.of(subscription), changes, rows);
        });
        Map<String, List<Subscription>> streams = new HashMap<>();
        byOwner.keySet().forEach(owner -> streams.put(owner, subscriptions.of(owner).stream()
                .filter(subscription -> !missed.containsKey(subscription)).toList()));
        // Removals go out for all owners first: an id may be registered again, and a stream may show both its old and its new owner.
        byOwner.forEach((owner, changes) -> sendGone(streams.get(owner), changes));
        byOwner.forEach((owner, changes) -> sendShown(streams.get(owner), changes, rows));
        return again;
    }

    private static Stream<Set<Change>> of(Owners owners, Map<String, Set<Change>> byOwner) {
        return owners.everybody()
                ? byOwner.values().stream()
                : owners.names().stream().map(owner -> byOwner.getOrDefault(owner, Set.of()));
    }

    /** Tells these streams of the machines that their owner has no more. */
    private void sendGone(List<Subscription> streams, Set<Change> changes) {
        changes.stream().filter(Change::isGone)
                .forEach(change -> send(streams, change, events.removed(change.machineId())));
    }

    /** Sends these streams the machines that are new to their owner, or have changed. */
    private void sendShown(List<Subscription> streams, Set<Change> changes, ChangedRows rows) {
        Map<Selection, List<Subscription>> bySelection = streams.stream()
                .collect(Collectors.groupingBy(subscription -> subscription.question.selection()));
        bySelection.forEach((selection, some) -> {
            sendShown(some, changes, rows.of(selection));
            if (!selection.equals(Selection.ALL)) {
                sendFallen(some, changes, rows.of(selection));
            }
        });
    }

    private void sendShown(List<Subscription> streams, Set<Change> changes, Map<String, MachineView> rows) {
        Map<String, Change> shown = new LinkedHashMap<>();
        for (Change change : changes) {
            MachineView row = change.isGone() ? null : rows.get(change.machineId());
            // A machine that was handed over is shown by the change of its new owner.
            if (row != null && row.owner().equals(change.owner())) {
                shown.put(change.machineId(), change);
            }
        }
        shown.forEach((machineId, change) -> send(streams, change, events.machine(rows.get(machineId))));
    }

    /** Tells these streams of machines that are not among those they show, and may have been: which they were nobody remembers. */
    private void sendFallen(List<Subscription> streams, Set<Change> changes, Map<String, MachineView> rows) {
        Map<String, Change> fallen = new LinkedHashMap<>();
        for (Change change : changes) {
            if (!change.isGone() && !rows.containsKey(change.machineId())) {
                fallen.put(change.machineId(), change);
            }
        }
        fallen.forEach((machineId, change) -> send(streams, change, events.removed(machineId)));
    }

    private static void send(List<Subscription> streams, Change change, FeedEvent event) {
        streams.forEach(subscription -> subscription.send(change, event));
    }

    private ChangedRows rowsOf(Map<Subscription, Set<Change>> missed, Set<Change> changed) {
        Set<String> machineIds = new HashSet<>();
        Stream.concat(changed.stream(), missed.values().stream().flatMap(Set::stream))
                .filter(change -> !change.isGone())
                .forEach(change -> machineIds.add(change.machineId()));
        return new ChangedRows(machines, machineIds);
    }
}
