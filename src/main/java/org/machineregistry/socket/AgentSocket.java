package org.machineregistry.socket;

import java.io.IOException;

import org.jboss.logging.Logger;
import org.machineregistry.agent.Connect;
import org.machineregistry.agent.Connected;
import org.machineregistry.presence.AgentInstance;
import org.machineregistry.presence.ConnectResult;
import org.machineregistry.presence.Details;
import org.machineregistry.presence.Presence;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPingMessage;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * A connection that is the presence: as long as it is open and answers, its machine is online. {@link SocketOpening} lets it in, and
 * {@link SocketTurns} keeps the order of what comes.
 */
@WebSocket(path = AgentSocket.PATH, inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class AgentSocket {
    static final String PATH = "/api/agent/socket";

    private static final Logger LOG = Logger.getLogger(AgentSocket.class);

    private final SocketOpening opening;
    private final DisconnectGrace loss;
    private final SocketFrames frames;
    private final SocketPings pings;
    private final Presence presence;

    AgentSocket(SocketOpening opening, DisconnectGrace loss, SocketFrames frames, SocketPings pings,
            Presence presence) {
        this.opening = opening;
        this.loss = loss;
        this.frames = frames;
        this.pings = pings;
        this.presence = presence;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return opening.open(connection);
    }

    @OnTextMessage
    Uni<Void> text(String message, WebSocketConnection connection) {
        OpenSocket socket = connection.userData().get(OpenSocket.KEY);
        return socket.turns.next(() -> frames.read(message)
                .map(frame -> hear(frame, socket))
                .orElseGet(() -> socket.close(SocketClose.NOT_UNDERSTOOD)))
                .onTermination()
                .invoke(socket.flow::heard);
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer message, WebSocketConnection connection) {
        OpenSocket socket = connection.userData().get(OpenSocket.KEY);
        return socket.turns.next(() -> socket.close(SocketClose.NOT_UNDERSTOOD)).onTermination()
                .invoke(socket.flow::heard);
    }

    @OnPongMessage
    Uni<Void> pong(Buffer data, WebSocketConnection connection) {
        pings.answered(connection.userData().get(OpenSocket.KEY), data);
        return hearSign(connection);
    }

    @OnPingMessage
    Uni<Void> ping(Buffer data, WebSocketConnection connection) {
        return hearSign(connection);
    }

    // A Uni keeps this on the event loop, without a worker's thread: thousands may end at once.
    @OnClose
    Uni<Void> close(WebSocketConnection connection) {
        OpenSocket socket = connection.userData().get(OpenSocket.KEY);
        return socket == null ? Uni.createFrom().voidItem() : socket.turns.next(() -> {
            loss.closed(socket);
            return Uni.createFrom().voidItem();
        });
    }

    /** A connection that broke: its end follows, and says all that matters. */
    @OnError
    @NonBlocking
    void broken(IOException failure) {
        LOG.debug("A socket broke", failure);
    }

    private Uni<Void> hearSign(WebSocketConnection connection) {
        OpenSocket socket = connection.userData().get(OpenSocket.KEY);
        return socket.turns.next(() -> {
            socket.flow.heard();
            socket.heardAt = System.nanoTime();
            return socket.departed ? Uni.createFrom().voidItem() : beat(socket, null, AgentInstance.UNSAID);
        });
    }

    private Uni<Void> hear(SocketFrame frame, OpenSocket socket) {
        socket.heardAt = System.nanoTime();
        socket.departed = frame.type() == SocketFrame.Type.DISCONNECT;
        return switch (frame.type()) {
            case CONNECT -> connect(frame.said(), socket);
            case ASSISTANTS -> assistants(frame.said(), socket);
            case HEARTBEAT -> beat(socket, frame.said().assistantCount(), frame.said().instance());
            case DISCONNECT -> disconnect(socket);
        };
    }

    private Uni<Void> connect(Connect said, OpenSocket socket) {
        return tell(said, said.details(), socket)
                .onItem()
                .ifNotNull()
                .transformToUni(arrival -> socket.connection.sendText(frames.connected(Connected.of(arrival))))
                .onFailure()
                .recoverWithUni(() -> refuse(socket));
    }

    private Uni<Void> assistants(Connect said, OpenSocket socket) {
        return tell(said, said.assistantDetails(), socket)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(() -> refuse(socket));
    }

    private Uni<ConnectResult> tell(Connect said, Details details, OpenSocket socket) {
        return Uni.createFrom()
                .deferred(() -> presence.connect(socket.machineId, said.assistantCount(), said.instance(), details,
                        socket.address, socket.number, socket::isOpen));
    }

    private Uni<Void> disconnect(OpenSocket socket) {
        if (socket.isCounted() && !socket.deleted) {
            presence.leave(socket.machineId, socket.number);
        }
        return Uni.createFrom().voidItem();
    }

    /** A frame has no answer that says no: without a database the socket is sent to another replica. */
    private Uni<Void> refuse(OpenSocket socket) {
        return presence.awayFor().isZero() ? Uni.createFrom().voidItem() : socket.sendAway(presence.interval());
    }

    private Uni<Void> beat(OpenSocket socket, Integer assistantCount, AgentInstance instance) {
        // A frame that still comes from a machine that was deleted would be remembered for ever.
        if (socket.isCounted() && !socket.deleted) {
            presence.hear(socket.machineId, assistantCount, instance, socket.address, socket.number);
        }
        return Uni.createFrom().voidItem();
    }
}
