package org.machineregistry.socket;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.presence.HeartbeatInterval;
import org.machineregistry.presence.Presence;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.buffer.Buffer;

/** Pings open sockets: one timer for all, each at its own second, so that pings and their writes are spread evenly. */
@ApplicationScoped
class SocketKeepAlive {
    private static final long TICK_MILLIS = 1_000;
    // A socket that is sent away has to come back elsewhere within this part of a ttl.
    private static final int PATIENCE_PART = 9;
    private static final int SPREAD_PART = 15;

    private final OpenSockets sockets;
    private final Presence presence;
    private final Timers timers;
    private long tick;

    SocketKeepAlive(OpenSockets sockets, Presence presence, Timers timers) {
        this.sockets = sockets;
        this.presence = presence;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        timers.every(TICK_MILLIS, this::tick);
    }

    private void tick() {
        tick++;
        HeartbeatInterval interval = presence.interval();
        boolean cutOff = presence.awayFor().toSeconds() >= Math.max(1, interval.ttlSeconds() / PATIENCE_PART);
        int spreadSeconds = Math.max(1, interval.ttlSeconds() / SPREAD_PART);
        long silentBefore = silentBefore(interval);
        for (OpenSocket socket : sockets.newest()) {
            int turn = Math.floorMod(tick + socket.machineId.hashCode(), Integer.MAX_VALUE);
            // Cut off from the database, another replica may still reach it.
            if (socket.heardAt - silentBefore < 0 || cutOff && turn % spreadSeconds == 0) {
                socket.sendAway(interval);
            } else if (turn % interval.heartbeatSeconds() == 0) {
                ping(socket);
            }
        }
    }

    /** While this process stood still it heard nobody, and what came meanwhile is still to be read. */
    private long silentBefore(HeartbeatInterval interval) {
        long now = System.nanoTime();
        long ttl = TimeUnit.SECONDS.toNanos(interval.ttlSeconds());
        return now - presence.lastStoodStillAt() < ttl ? now - Long.MAX_VALUE / 2 : now - ttl;
    }

    private static void ping(OpenSocket socket) {
        socket.connection.sendPing(Buffer.buffer()).subscribe().with(sent -> {
        }, broken -> {
        });
    }
}
