package org.machineregistry.feed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;

import org.jboss.logging.Logger;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.machine.MachineReader;
import org.machineregistry.machine.MachineView;
import org.machineregistry.machine.OwnedView;

/**
 * Reads what streams have to show. One round at a time: what comes meanwhile is read together in the next, and nothing older is
 * ever sent after something newer.
 */
@ApplicationScoped
class FeedReader {
    private static final Logger LOG = Logger.getLogger(FeedReader.class);

    private static final int PAUSE_MILLIS = 500;

    private final MachineReader machines;
    private final Subscriptions subscriptions;
    private final FeedEvents events;
    private final ExecutorService workers;
    private final Object lock = new Object();
    private Set<Subscription> awaiting = new HashSet<>();
    private Set<Change> changes = new LinkedHashSet<>();
    private boolean running;

    FeedReader(MachineReader machines, Subscriptions subscriptions, FeedEvents events, ExecutorService workers) {
        this.machines = machines;
        this.subscriptions = subscriptions;
        this.events = events;
        this.workers = workers;
    }

    /** Sends the whole list to a stream. */
    void snapshot(Subscription subscription) {
        synchronized (lock) {
            awaiting.add(subscription);
            run();
        }
    }

    /** Sends what changed to the streams of its owners. */
    void changed(List<Change> all) {
        synchronized (lock) {
            all.stream()
                .filter(change -> change.isVisible() && subscriptions.has(change.owner()))
                .forEach(changes::add);
            if (!changes.isEmpty()) {
                run();
            }
        }
    }

    private void run() {
        if (!running) {
            running = true;
            workers.execute(this::rounds);
        }
    }

    private void rounds() {
        while (true) {
            Set<Subscription> snapshots;
            Set<Change> changed;
            synchronized (lock) {
                if (awaiting.isEmpty() && changes.isEmpty()) {
                    running = false;
                    return;
                }
                snapshots = awaiting;
                changed = changes;
                awaiting = new HashSet<>();
                changes = new LinkedHashSet<>();
            }
            round(snapshots, changed);
        }
    }

    private void round(Set<Subscription> snapshots, Set<Change> changed) {
        try {
            sendSnapshots(snapshots);
            sendRemoved(changed);
            sendChanged(changed);
        } catch (RuntimeException failure) {
            LOG.warnf("The live list could not be read: %s", failure.getMessage());
            Set<Subscription> unread = new HashSet<>(snapshots);
            changed.forEach(change -> unread.addAll(subscriptions.of(change.owner())));
            unread.removeIf(subscription -> subscription.fail(failure));
            startOver(unread);
        }
    }

    /** What these streams missed is not known any more: they get the whole list, as soon as it can be read. */
    private void startOver(Set<Subscription> unread) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (lock) {
            awaiting.addAll(unread);
        }
    }

    private void sendSnapshots(Set<Subscription> snapshots) {
        if (snapshots.isEmpty()) {
            return;
        }
        Set<String> owners = snapshots.stream().map(subscription -> subscription.user.id()).collect(Collectors.toSet());
        Map<String, List<MachineView>> lists = machines.listsOf(owners);
        for (String owner : owners) {
            OutboundSseEvent snapshot = events.snapshot(lists.getOrDefault(owner, List.of()));
            snapshots.stream()
                .filter(subscription -> subscription.user.id().equals(owner))
                .forEach(subscription -> subscription.start(snapshot));
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
