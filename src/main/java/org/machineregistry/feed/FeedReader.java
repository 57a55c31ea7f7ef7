package org.machineregistry.feed;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.machineregistry.change.Change;

/**
 * Decides when is read what streams have to show: one round at a time. What comes meanwhile is read together in the next, and
 * nothing older is ever sent after something newer.
 */
@ApplicationScoped
class FeedReader {
    private static final Logger LOG = Logger.getLogger(FeedReader.class);

    private static final int PAUSE_MILLIS = 500;

    private final Subscriptions subscriptions;
    private final FeedSender sender;
    private final ExecutorService workers;
    private final Object lock = new Object();
    private Set<Subscription> awaiting = new HashSet<>();
    private Set<Change> changes = new LinkedHashSet<>();
    private boolean running;

    FeedReader(Subscriptions subscriptions, FeedSender sender, ExecutorService workers) {
        this.subscriptions = subscriptions;
        this.sender = sender;
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
            try {
                workers.execute(this::rounds);
            } catch (RejectedExecutionException refused) {
                // What waits goes with the next that comes.
                running = false;
                throw refused;
            }
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
            sender.send(snapshots, changed);
        } catch (RuntimeException | Error failure) {
            // Whatever it is: rounds go on, or no stream would ever show anything again.
            LOG.warnf("The live list could not be read: %s", failure);
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
}
