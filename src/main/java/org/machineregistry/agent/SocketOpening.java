package org.machineregistry.agent;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.presence.Arrival;
import org.machineregistry.presence.Presence;
import org.machineregistry.problem.Problems;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;

/** Lets a socket in: it gets the next number of its machine, and so takes over from older ones, wherever they are. */
@ApplicationScoped
class SocketOpening implements HttpUpgradeCheck {
    private final Presence presence;
    private final OpenSockets sockets;
    private final SocketCredentials credentials;
    private final SocketGoodbye goodbye;

    SocketOpening(Presence presence, OpenSockets sockets, SocketCredentials credentials,
            SocketGoodbye goodbye) {
        this.presence = presence;
        this.sockets = sockets;
        this.credentials = credentials;
        this.goodbye = goodbye;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (!presence.awayFor().isZero() || goodbye.isSaid()) {
            return Uni.createFrom().failure(Problems.unavailable());
        }
        context.userData().put(OpenSocket.FLOW, SocketFlow.below(context.httpRequest().connection()));
        UpgradedRequest.over(context.httpRequest());
        return CheckResult.permitUpgrade();
    }

    Uni<Void> open(WebSocketConnection connection) {
        String authorization = connection.handshakeRequest().header(HttpHeaders.AUTHORIZATION.toString());
        OpenSocket socket = new OpenSocket(connection, MachineToken.parse(authorization).orElseThrow());
        connection.userData().put(OpenSocket.KEY, socket);
        sockets.connect(socket);
        return Uni.createFrom()
                .deferred(() -> presence.open(socket.machineId))
                .invoke(arrival -> opened(socket, arrival))
                .onFailure()
                .invoke(() -> socket.sendAway(presence.pace()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void opened(OpenSocket socket, Arrival arrival) {
        if (arrival == null) {
            socket.close(SocketClose.TOKEN_NO_LONGER_GOOD);
            return;
        }
        socket.number = arrival.connection();
        sockets.add(socket);
        credentials.check(socket);
        if (goodbye.isSaid()) {
            socket.sendAway(presence.pace());
        }
    }
}
