package org.machineregistry.feed;

import jakarta.ws.rs.sse.OutboundSseEvent;

import org.machineregistry.identity.User;

import io.smallrye.mutiny.subscription.MultiEmitter;

/** One open stream. It shows nothing before its snapshot. */
final class Subscription {
    final User user;
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private boolean started;

    Subscription(User user, MultiEmitter<? super OutboundSseEvent> emitter) {
        this.user = user;
        this.emitter = emitter;
    }

    // The reader's thread and the clock's both send.
    synchronized void start(OutboundSseEvent snapshot) {
        started = true;
        emitter.emit(snapshot);
    }

    synchronized void send(OutboundSseEvent event) {
        if (started) {
            emitter.emit(event);
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
