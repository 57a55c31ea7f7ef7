package org.machineregistry.feed;

import jakarta.ws.rs.sse.OutboundSseEvent;

import org.machineregistry.identity.User;

import io.smallrye.mutiny.subscription.MultiEmitter;

/** One open stream. It shows nothing before its snapshot, and says when what it shows is not live any more. */
final class Subscription {
    final User user;
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final LiveState state;
    private final FeedEvents events;
    private boolean started;
    private boolean away;

    Subscription(User user, MultiEmitter<? super OutboundSseEvent> emitter, LiveState state, FeedEvents events) {
        this.user = user;
        this.emitter = emitter;
        this.state = state;
        this.events = events;
    }

    // The reader's thread and the clock's both send.
    synchronized void start(OutboundSseEvent snapshot) {
        emitter.emit(snapshot);
        if (!started) {
            started = true;
            emitter.emit(events.alive(state.now()));
        }
        if (away && state.isLive()) {
            away = false;
            emitter.emit(events.back(state.now()));
        } else {
            leave();
        }
    }

    synchronized void send(OutboundSseEvent event) {
        if (started) {
            emitter.emit(event);
        }
    }

    /** Says that what it shows is not live any more, where that is so and was not said. */
    synchronized void leave() {
        if (started && !away && !state.isLive()) {
            away = true;
            emitter.emit(events.away(state.asOf()));
        }
    }

    /** Refuses a stream that did not begin yet. @return whether it is over */
    synchronized boolean fail(Throwable failure) {
        if (!started) {
            emitter.fail(failure);
        }
        return !started;
    }

    synchronized void end() {
        emitter.complete();
    }
}
