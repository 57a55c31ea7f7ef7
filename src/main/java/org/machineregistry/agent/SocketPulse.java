package org.machineregistry.agent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.presence.Pace;
import org.machineregistry.presence.Presence;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Pings open sockets: one timer for all, each at its own second, so that pings and their writes are spread evenly. */
@ApplicationScoped
class SocketPulse {
    private static final long TICK_MILLIS = 1_000;
    // Long enough for a fail-over, short against a ttl.
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SPREAD_SECONDS = 5;

    private final OpenSockets sockets;
    private final Presence presence;
    private final Vertx vertx;
    private long tick;

    SocketPulse(OpenSockets sockets, Presence presence, Vertx vertx) {
        this.sockets = sockets;
        this.presence = presence;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    }

    private void tick() {
        tick++;
        Pace pace = presence.pace();
        boolean cutOff = presence.awayFor().compareTo(PATIENCE) > 0;
        long silentBefore = System.nanoTime() - TimeUnit.SECONDS.toNanos(pace.ttlSeconds());
        for (OpenSocket socket : sockets.all()) {
            if (socket.heardAt - silentBefore < 0) {
                socket.sendAway();
            } else if (cutOff && ThreadLocalRandom.current().nextInt(SPREAD_SECONDS) == 0) {
                // Another replica may still reach the database.
                socket.sendAway();
            } else if (Math.floorMod(tick + socket.machineId.hashCode(), pace.heartbeatSeconds()) == 0) {
                ping(socket);
            }
        }
    }

    private static void ping(OpenSocket socket) {
        socket.connection.sendPing(Buffer.buffer()).subscribe().with(sent -> {
        }, broken -> {
        });
    }
}
