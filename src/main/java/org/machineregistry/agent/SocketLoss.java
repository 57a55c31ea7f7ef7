package org.machineregistry.agent;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.machineregistry.presence.Presence;

import io.vertx.core.Vertx;

/** Turns a machine offline whose socket broke and did not come back. A replica that stops says nothing about machines. */
@ApplicationScoped
class SocketLoss {
    private static final Logger LOG = Logger.getLogger(SocketLoss.class);
    private static final long COMES_BACK_WITHIN = TimeUnit.SECONDS.toMillis(5);

    private final OpenSockets sockets;
    private final Presence presence;
    private final SocketGoodbye goodbye;
    private final Vertx vertx;

    SocketLoss(OpenSockets sockets, Presence presence, SocketGoodbye goodbye, Vertx vertx) {
        this.sockets = sockets;
        this.presence = presence;
        this.goodbye = goodbye;
        this.vertx = vertx;
    }

    void closed(OpenSocket socket) {
        sockets.remove(socket);
        socket.ended.complete(null);
        if (!goodbye.isSaid() && socket.countsAsLost()) {
            long brokeAt = System.nanoTime();
            vertx.setTimer(COMES_BACK_WITHIN, timer -> lose(socket, brokeAt));
        }
    }

    private void lose(OpenSocket socket, long brokeAt) {
        if (goodbye.isSaid()) {
            return;
        }
        presence.lose(socket.machineId, brokeAt, socket.number).subscribe().with(lost -> {
        }, failure -> LOG.debugf("Not written: %s lost its connection; its silence will tell", socket.machineId));
    }
}
