package org.machineregistry.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;

import org.machineregistry.batch.HeldQueries;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.machine.MachineReader;
import org.machineregistry.machine.MachineView;
import org.machineregistry.machine.OwnedView;

/** Reads what streams have to show, all streams together, and sends it. */
@ApplicationScoped
class FeedSender {
    // After an outage all come back at once, and not all of their lists need fit into memory together.
    private static final int OWNERS_AT_ONCE = 100;

    private final MachineReader machines;
    private final Subscriptions subscriptions;
    private final FeedEvents events;

    FeedSender(DataSource database, Subscriptions subscriptions, FeedEvents events) {
        this.machines = new MachineReader(new HeldQueries(database));
        this.subscriptions = subscriptions;
        this.events = events;
    }

    void send(Set<Subscription> snapshots, Set<Change> changed) {
        sendSnapshots(snapshots);
        // Before the rest: an id may be registered again.
        sendRemoved(changed);
        sendChanged(changed);
    }

    private void sendSnapshots(Set<Subscription> snapshots) {
        Map<String, List<Subscription>> streams = snapshots.stream()
                .collect(Collectors.groupingBy(subscription -> subscription.user.id()));
        List<String> owners = List.copyOf(streams.keySet());
        for (int from = 0; from < owners.size(); from += OWNERS_AT_ONCE) {
            Set<String> some = Set.copyOf(owners.subList(from, Math.min(owners.size(), from + OWNERS_AT_ONCE)));
            Map<String, List<MachineView>> lists = machines.listsOf(some);
            for (String owner : some) {
                OutboundSseEvent snapshot = events.snapshot(lists.getOrDefault(owner, List.of()));
                streams.get(owner).forEach(subscription -> subscription.start(snapshot));
            }
        }
    }

    private void sendRemoved(Set<Change> changed) {
        for (Change change : changed) {
            if (change.kind() == Kind.REMOVED) {
                send(change.owner(), events.removed(change.machineId()));
            }
        }
    }

    private void sendChanged(Set<Change> changed) {
        List<String> machineIds = new ArrayList<>(changed.stream()
                .filter(change -> change.kind() != Kind.REMOVED)
                .map(Change::machineId)
                .collect(Collectors.toSet()));
        if (machineIds.isEmpty()) {
            return;
        }
        for (OwnedView view : machines.find(machineIds)) {
            send(view.owner(), events.machine(view.machine()));
        }
    }

    private void send(String owner, OutboundSseEvent event) {
        subscriptions.of(owner).forEach(subscription -> subscription.send(event));
    }
}
