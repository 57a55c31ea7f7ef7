package org.machineregistry.feed;

import java.time.Clock;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;
import org.machineregistry.identity.User;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Sends each owner's changes to that owner's open streams, whichever replica the change came in at. */
@ApplicationScoped
class Feed {
    private final Subscriptions subscriptions;
    private final FeedScheduler reader;
    private final FeedEvents events;
    private final LiveState state;
    private final Clock clock;

    Feed(Subscriptions subscriptions, FeedScheduler reader, FeedEvents events, LiveState state, Clock clock) {
        this.subscriptions = subscriptions;
        this.reader = reader;
        this.events = events;
        this.state = state;
        this.clock = clock;
    }

    /**
     * Opens a stream.
     *
     * @param request ends with the stream, or when its reader has gone
     * @return comes with the first event, or fails where there will be none
     */
    Uni<EventQueue> subscribe(User user, RoutingContext request) {
        EventQueue queue = new EventQueue();
        Subscription subscription = new Subscription(user, queue, state, events);
        request.addEndHandler(ended -> {
            subscription.left();
            subscriptions.remove(subscription);
            queue.ended();
        });
        subscriptions.add(subscription);
        reader.snapshot(subscription);
        return Uni.createFrom().completionStage(queue.opened());
    }

    void changed(@Observes Changes changes) {
        reader.changed(changes.all());
    }

    void resync(@Observes Resync resync) {
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

    /** The service stops: who reads is free to go to another replica. */
    void end(@Observes ShutdownDelayInitiatedEvent event) {
        subscriptions.all().forEach(Subscription::end);
    }

    /** A stream lasts as long as the session that it was opened with. */
    void endExpired() {
        Instant now = clock.instant();
        for (Subscription subscription : subscriptions.all()) {
            if (!subscription.user.expiresAt().isAfter(now)) {
                subscription.end();
            }
        }
    }
}
