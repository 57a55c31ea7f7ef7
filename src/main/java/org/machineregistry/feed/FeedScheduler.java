package org.machineregistry.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.machineregistry.change.Change;

/**
 * Decides when is read what streams have to show: changes one round at a time. What comes meanwhile is read together in the next.
 * Snapshots are read elsewhere, and given to their streams here, between two rounds, so that nothing older is ever sent after
 * something newer.
 */
@ApplicationScoped
class FeedScheduler {
    private static final Logger LOG = Logger.getLogger(FeedScheduler.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Subscriptions subscriptions;
    private final SnapshotReader snapshots;
    private final FeedPublisher sender;
    private final ExecutorService workers;
    private final Object lock = new Object();
    private List<SnapshotAnswer> answers = new ArrayList<>();
    private Set<Change> changes = new LinkedHashSet<>();
    private boolean running;

    FeedScheduler(Subscriptions subscriptions, SnapshotReader snapshots, FeedPublisher sender,
            ExecutorService workers) {
        this.subscriptions = subscriptions;
        this.snapshots = snapshots;
        this.sender = sender;
        this.workers = workers;
    }

    /** Sends the whole list to a stream. */
    void snapshot(Subscription subscription) {
        snapshots.read(subscription.ask(), this::answered, failure -> failed(subscription, failure));
    }

    /** Sends what changed to the streams of its owners; where very many of an owner's machines did at once, their whole list. */
    void changed(List<Change> all) {
        synchronized (lock) {
            all.stream().filter(change -> change.isVisible() && subscriptions.has(change.owner()))
                    .forEach(changes::add);
            if (!changes.isEmpty()) {
                run();
            }
        }
    }

    private void answered(SnapshotAnswer answer) {
        synchronized (lock) {
            answers.add(answer);
            run();
        }
    }

    /** A stream that did not begin is refused; any other gets its list as soon as it can be read. */
    private void failed(Subscription subscription, Throwable failure) {
        if (!subscription.fail(failure)) {
            startOver(Set.of(subscription));
        }
    }

    private void run() {
        if (!running) {
            running = true;
            try {
                workers.execute(this::rounds);
            } catch (RejectedExecutionException refused) {
                // Changes that wait go with the next that comes.
                running = false;
                throw refused;
            }
        }
    }

    private void rounds() {
        while (true) {
            List<SnapshotAnswer> answered;
            Set<Change> changed;
            synchronized (lock) {
                if (answers.isEmpty() && changes.isEmpty()) {
                    running = false;
                    return;
                }
                answered = answers;
                changed = changes;
                answers = new ArrayList<>();
                changes = new LinkedHashSet<>();
            }
            Set<String> crowded = crowded(changed);
            changed.removeIf(change -> crowded.contains(change.owner()));
            round(answered, changed);
            // Behind the rest, so that they are read after all of it.
            Set<Subscription> behind = new HashSet<>();
            crowded.forEach(owner -> behind.addAll(subscriptions.of(owner)));
            for (Subscription subscription : behind) {
                if (!subscription.missMany()) {
                    snapshot(subscription);
                }
            }
        }
    }

    /** Owners of whose machines so many changed that their list takes less than an event for each. */
    private static Set<String> crowded(Set<Change> changed) {
        if (changed.size() <= Subscription.MOST_MISSED) {
            return Set.of();
        }
        return changed.stream().collect(Collectors.groupingBy(Change::owner, Collectors.counting())).entrySet().stream()
                .filter(owner -> owner.getValue() > Subscription.MOST_MISSED).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void round(List<SnapshotAnswer> answered, Set<Change> changed) {
        List<Subscription> shown = answered.stream().filter(SnapshotAnswer::give)
                .map(answer -> answer.request().subscription()).toList();
        try {
            sender.send(shown, changed).forEach(this::snapshot);
        } catch (RuntimeException | Error failure) {
            // The failure may be anything: rounds go on, or no stream would ever show anything again.
            LOG.warnf("The live list could not be read: %s", failure);
            Set<Subscription> unread = new HashSet<>(shown);
            changed.forEach(change -> unread.addAll(subscriptions.of(change.owner())));
            startOver(unread);
        }
    }

    /** Nobody knows any more which changes these streams missed: they get the whole list, as soon as it can be read. */
    private void startOver(Set<Subscription> unread) {
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(() -> unread.forEach(this::snapshot));
    }
}
