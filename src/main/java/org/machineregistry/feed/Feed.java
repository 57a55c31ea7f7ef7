package org.machineregistry.feed;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Change;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.User;
import org.machineregistry.identity.revocation.RevokedSessions;
import org.machineregistry.machine.list.Question;
import org.machineregistry.machine.selection.Selection;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Sends each owner's changes to the open streams that show that owner's machines, whichever replica the change came in at. */
@ApplicationScoped
class Feed {
    /** Streams of one person at one replica that show a part of the list alone. */
    static final int MOST_PARTIAL = 16;
    private static final int RETRY_SECONDS = 15;

    private final Subscriptions subscriptions;
    private final FeedScheduler reader;
    private final FeedEvents events;
    private final LiveState state;
    private final RevokedSessions revoked;
    private final Clock clock;
    private volatile boolean stopping;

    Feed(Subscriptions subscriptions, FeedScheduler reader, FeedEvents events, LiveState state, RevokedSessions revoked,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.reader = reader;
        this.events = events;
        this.state = state;
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * Opens a stream.
     *
     * @param question for the list that it shows
     * @param request ends with the stream, or when its reader has gone
     * @return comes with the first event, or fails where there will be none
     */
    Uni<EventQueue> subscribe(User user, Question question, RoutingContext request) {
        if (!question.selection().equals(Selection.ALL) && subscriptions.partialOf(user.id()) >= MOST_PARTIAL) {
            throw Problems.tooManyRequests(RETRY_SECONDS, "You watch " + MOST_PARTIAL
                    + " selections already. Close one of them, or watch the whole list.");
        }
        EventQueue queue = new EventQueue();
        Subscription subscription = new Subscription(user, question, queue, state, events);
        Runnable forget = () -> {
            subscription.left();
            subscriptions.remove(subscription);
            queue.ended();
        };
        request.addEndHandler(ended -> forget.run());
        subscriptions.add(subscription);
        if (request.response().closed()) {
            // The reader left while it was found out who asks: no end handler is called any more.
            forget.run();
        } else if (stopping) {
            subscription.end();
        } else {
            reader.snapshot(subscription);
        }
        return Uni.createFrom().completionStage(queue.opened());
    }

    void changed(@Observes Changes changes) {
        for (Change change : changes.all()) {
            if (change.isRevocation()) {
                endOver(subscriptions.all().stream().filter(stream -> stream.user.id().equals(change.owner()))
                        .toList());
            }
        }
        reader.changed(changes.all());
    }

    void resync(@Observes Resync resync) {
        if (resync.missed()) {
            endOver(subscriptions.all());
        }
        subscriptions.all().forEach(reader::snapshot);
    }

    void keepAlive() {
        FeedEvent alive = events.alive(state.now());
        subscriptions.all().forEach(subscription -> subscription.send(alive));
    }

    /** Looks whether what streams show is live: they say so when it is not, and start over when it is again. */
    void look() {
        if (state.look()) {
            subscriptions.all().forEach(state.isLive() ? reader::snapshot : Subscription::leave);
        }
    }

    /**
     * The service stops: who reads is free to go to another replica. Whoever comes back on a connection that is still there has a stream
     * that ends at once.
     */
    void end(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        subscriptions.all().forEach(Subscription::end);
    }

    /** A stream lasts as long as the session that it was opened with. */
    void endOver() {
        endOver(subscriptions.all());
    }

    private void endOver(Collection<Subscription> streams) {
        Instant now = clock.instant();
        for (Subscription subscription : streams) {
            User user = subscription.user;
            if (!user.expiresAt().isAfter(now) || revoked.isRevoked(user)) {
                subscription.end();
            }
        }
    }
}
