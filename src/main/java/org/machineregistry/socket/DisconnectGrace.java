package org.machineregistry.socket;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.presence.Presence;
import org.machineregistry.timer.Timers;

/** Turns a machine offline whose socket broke and did not come back. A replica that stops says nothing about machines. */
@ApplicationScoped
class DisconnectGrace {
    private static final long COMES_BACK_WITHIN = TimeUnit.SECONDS.toMillis(5);

    private final OpenSockets sockets;
    private final Presence presence;
    private final SocketShutdown goodbye;
    private final Timers timers;

    DisconnectGrace(OpenSockets sockets, Presence presence, SocketShutdown goodbye, Timers timers) {
        this.sockets = sockets;
        this.presence = presence;
        this.goodbye = goodbye;
        this.timers = timers;
    }

    void closed(OpenSocket socket) {
        sockets.remove(socket);
        socket.ended.complete(null);
        if (!goodbye.isSaid() && socket.countsAsLost()) {
            long brokeAt = presence.earliest();
            awaitReturn(socket, brokeAt, COMES_BACK_WITHIN);
        }
    }

    private void awaitReturn(OpenSocket socket, long brokeAt, long millis) {
        timers.after(Math.max(1, millis), () -> {
            if (goodbye.isSaid()) {
                return;
            }
            long missing = COMES_BACK_WITHIN - couldComeBackForMillis();
            if (missing > 0) {
                awaitReturn(socket, brokeAt, missing);
            } else {
                presence.lose(socket.machineId, brokeAt, socket.number);
            }
        });
    }

    /** For how long sockets could have opened here: none could while the database was away, or this process stood still. */
    private long couldComeBackForMillis() {
        if (!presence.awayFor().isZero()) {
            return 0;
        }
        long now = System.nanoTime();
        return TimeUnit.NANOSECONDS
                .toMillis(Math.min(now - presence.availableSince(), now - presence.lastStoodStillAt()));
    }
}
