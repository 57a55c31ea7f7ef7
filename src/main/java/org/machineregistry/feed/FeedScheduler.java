package org.machineregistry.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

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

    /** Sends what changed to the streams of its owners; where very many machines are gone at once, their whole lists. */
    void changed(List<Change> all) {
        List<Change> shown = all.stream()
                .filter(change -> change.isVisible() && subscriptions.has(change.owner())).toList();
        List<Change> gone = shown.stream().filter(Change::isGone).toList();
        boolean startOver = gone.size() > Subscription.MOST_MISSED;
        synchronized (lock) {
            shown.stream().filter(change -> !startOver || !change.isGone()).forEach(changes::add);
            if (!changes.isEmpty()) {
                run();
            }
        }
        if (startOver) {
            // They come behind the rest, so that the snapshot is read after all of it.
            gone.stream().map(Change::owner).distinct().flatMap(owner -> subscriptions.of(owner).stream()).distinct()
                    .forEach(this::snapshot);
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
            round(answered, changed);
        }
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
