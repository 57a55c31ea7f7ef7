package org.machineregistry.socket;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.presence.Presence;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;

/** Sends all sockets away when this replica stops. */
@ApplicationScoped
class SocketShutdown {
    private static final int ANSWERED_WITHIN_MILLIS = 1_000;
    private static final int CUT_OFF_WITHIN_MILLIS = 500;

    private final OpenSockets sockets;
    private final Presence presence;
    private volatile boolean said;

    SocketShutdown(OpenSockets sockets, Presence presence) {
        this.sockets = sockets;
        this.presence = presence;
    }

    /** Whether this replica stops, and lets no socket in. */
    boolean isSaid() {
        return said;
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        said = true;
        List<OpenSocket> open = List.copyOf(sockets.connected());
        open.forEach(socket -> socket.sendAway(presence.interval()));
        awaitEnds(open, ANSWERED_WITHIN_MILLIS);
        // Sockets that were just being let in are among them. The server would close them when nothing is left that could hear of it.
        List<OpenSocket> silent = List.copyOf(sockets.connected());
        silent.forEach(socket -> socket.flow.cutOff());
        awaitEnds(silent, CUT_OFF_WITHIN_MILLIS);
    }

    private static void awaitEnds(List<OpenSocket> closing, int millis) {
        CompletableFuture.allOf(closing.stream().map(socket -> socket.ended).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
    }
}
