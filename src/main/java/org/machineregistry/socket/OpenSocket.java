package org.machineregistry.socket;

import java.util.concurrent.CompletableFuture;

import org.machineregistry.credential.MachineToken;
import org.machineregistry.presence.HeartbeatInterval;
import org.machineregistry.presence.Presence;
import org.machineregistry.socket.workarounds.SocketFlow;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** A machine's open socket. Of its secret it keeps the hash, to know when that one is no longer good. */
final class OpenSocket {
    static final TypedKey<OpenSocket> KEY = new TypedKey<>("socket");

    final WebSocketConnection connection;
    final SocketFlow flow;
    final SocketTurns turns;
    final String machineId;
    final byte[] secretHash;
    /** The address of the other end; null where it is not known. */
    final String address;
    /** Which connection of its machine this is; {@link Presence#NO_SOCKET} until the database has said so. */
    volatile long number = Presence.NO_SOCKET;
    volatile long heardAt = System.nanoTime();
    /** Whether it said goodbye: what still comes without a word, a pong, means nothing then. */
    volatile boolean departed;
    /** Whether its machine was deleted: nothing is to be said of it. */
    volatile boolean deleted;
    /** Completes when its connection is closed, and that was heard. */
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean sentAway;

    /** Made on the event loop of the connection, which goes on to deal with what comes. */
    OpenSocket(WebSocketConnection connection, MachineToken token, Handshake handshake) {
        this.connection = connection;
        this.flow = handshake.flow();
        this.turns = new SocketTurns(Vertx.currentContext()::runOnContext);
        this.machineId = token.machineId();
        this.secretHash = token.secretHash();
        this.address = handshake.address();
    }

    /** Closes it for a reason of ours, which says nothing about the machine. Completes when that is said, or cannot be. */
    Uni<Void> sendAway(HeartbeatInterval interval) {
        sentAway = true;
        return close(SocketClose.comeBack(interval));
    }

    /** Completes when the reason is said, or cannot be. */
    Uni<Void> close(CloseReason reason) {
        if (connection.isClosed()) {
            // WebSockets Next warns of a second close.
            return Uni.createFrom().voidItem();
        }
        Uni<Void> closed = connection.close(reason).onFailure().recoverWithNull().memoize().indefinitely();
        closed.subscribe().with(done -> {
        });
        return closed;
    }

    /** Whether its end means that the machine may be gone. */
    boolean countsAsLost() {
        return !sentAway && !departed && !deleted && isCounted();
    }

    /** Whether the database knows of it. */
    boolean isCounted() {
        return number != Presence.NO_SOCKET;
    }

    boolean isOpen() {
        return !connection.isClosed();
    }
}
