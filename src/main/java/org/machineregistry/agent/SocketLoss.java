package org.machineregistry.agent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.presence.Presence;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Turns a machine offline whose socket broke and did not come back. A replica that stops says nothing about machines. */
@ApplicationScoped
class SocketLoss {
    private static final Logger LOG = Logger.getLogger(SocketLoss.class);
    private static final long COMES_BACK_WITHIN = TimeUnit.SECONDS.toMillis(5);

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final OpenSockets sockets;
    private final Presence presence;
    private final Vertx vertx;
    private volatile boolean stopping;

    SocketLoss(OpenSockets sockets, Presence presence, Vertx vertx) {
        this.sockets = sockets;
        this.presence = presence;
        this.vertx = vertx;
    }

    /** Whether this replica stops, and lets no socket in. */
    boolean isStopping() {
        return stopping;
    }

    void closed(OpenSocket socket) {
        sockets.remove(socket);
        if (!stopping && socket.countsAsLost()) {
            long brokeAt = System.nanoTime();
            vertx.setTimer(COMES_BACK_WITHIN, timer -> lose(socket, brokeAt));
        }
    }

    private void lose(OpenSocket socket, long brokeAt) {
        if (stopping) {
            return;
        }
        presence.lose(socket.machineId, brokeAt, socket.number).subscribe().with(lost -> {
        }, failure -> LOG.debugf("Not written: %s lost its connection; its silence will tell", socket.machineId));
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        List<Uni<Void>> goodbyes = sockets.all()
                .stream()
                .map(socket -> socket.sendAway(presence.pace()))
                .toList();
        if (!goodbyes.isEmpty()) {
            // The server, which stops next, closes what is left without a reason.
            Uni.join().all(goodbyes).andCollectFailures().replaceWithVoid()
                    .ifNoItem().after(GOODBYE).recoverWithItem((Void) null).await().indefinitely();
        }
    }
}
