package org.machineregistry.socket;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.credential.CredentialCache;
import org.machineregistry.credential.CredentialLookup;
import org.machineregistry.credential.CredentialsUnavailableException;
import org.machineregistry.credential.MachineAuthenticator;
import org.machineregistry.credential.MachineCredential;
import org.machineregistry.credential.MachineToken;
import org.machineregistry.limit.Network;
import org.machineregistry.presence.ConnectResult;
import org.machineregistry.presence.Presence;
import org.machineregistry.socket.workarounds.SocketFlow;
import org.machineregistry.socket.workarounds.UpgradedRequest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets a socket in: it gets the next number of its machine, and so takes over from older ones, wherever they are. A handshake may
 * have waited while its machine gave up and opened another socket elsewhere. So the newest number is read before the handshake
 * is answered, then the machine is asked for a sign, and only where it gave one and the number is still the newest, the socket
 * takes over. Else it is sent away, and comes back where anybody still wants it.
 */
@ApplicationScoped
class SocketOpening implements HttpUpgradeCheck {
    private final MachineAuthenticator machines;
    private final Presence presence;
    private final OpenSockets sockets;
    private final SocketCredentials credentials;
    private final CredentialCache cache;
    private final CredentialLookup lookup;
    private final SocketShutdown goodbye;

    SocketOpening(MachineAuthenticator machines, Presence presence, OpenSockets sockets,
            SocketCredentials credentials, CredentialCache cache, CredentialLookup lookup, SocketShutdown goodbye) {
        this.machines = machines;
        this.presence = presence;
        this.sockets = sockets;
        this.credentials = credentials;
        this.cache = cache;
        this.lookup = lookup;
        this.goodbye = goodbye;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (!presence.isAble() || goodbye.isSaid()) {
            return Uni.createFrom().failure(presence.unavailable());
        }
        RoutingContext routing = Handshake.take();
        String address = Network.shownOf(context.httpRequest());
        SocketFlow flow = SocketFlow.below(context.httpRequest().connection());
        return authenticate(context.httpRequest())
                .invoke(machine -> {
                    context.userData().put(Handshake.KEY, new Handshake(routing, machine, flow, address));
                    UpgradedRequest.over(context.httpRequest());
                })
                .chain(() -> CheckResult.permitUpgrade());
    }

    /** Asks anew what {@link HandshakeGuard} has asked: only what a socket is let in with counts. */
    private Uni<MachineCredential> authenticate(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Future<MachineCredential> machine = machines.authenticate(authorization, () -> Network.of(request));
        if (!machine.isComplete()) {
            // Vert.x makes no socket of a request whose end was read; it goes on reading by itself when it makes one.
            request.pause();
            machine.onFailure(refused -> request.resume());
        }
        return Uni.createFrom()
                .completionStage(machine.toCompletionStage())
                .onFailure(CredentialsUnavailableException.class)
                .transform(failure -> presence.unavailable());
    }

    Uni<Void> open(WebSocketConnection connection) {
        String authorization = connection.handshakeRequest().header(HttpHeaders.AUTHORIZATION.toString());
        Handshake handshake = connection.userData().remove(Handshake.KEY);
        OpenSocket socket = new OpenSocket(connection, MachineToken.parse(authorization).orElseThrow(), handshake);
        connection.userData().put(OpenSocket.KEY, socket);
        handshake.end();
        sockets.connect(socket);
        return socket.turns.next(() -> takeOver(socket, handshake.machine())
                .onFailure()
                .invoke(() -> socket.sendAway(presence.interval()))
                .onFailure()
                .recoverWithNull());
    }

    private Uni<Void> takeOver(OpenSocket socket, MachineCredential before) {
        return open(socket, before, socket.flow.askForSign())
                // The number may have been remembered from before another socket, which this replica did not hear of yet.
                .onFailure(failure -> socket.isOpen() && presence.isAble())
                .recoverWithUni(() -> openAnew(socket))
                .invoke(result -> opened(socket, result))
                .replaceWithVoid();
    }

    private Uni<ConnectResult> openAnew(OpenSocket socket) {
        return lookup.find(socket.machineId)
                .chain(found -> found == null
                        ? Uni.createFrom().nullItem()
                        : open(socket, found, socket.flow.askForAnswer()));
    }

    private Uni<ConnectResult> open(OpenSocket socket, MachineCredential before, CompletionStage<Void> sign) {
        return Uni.createFrom()
                .completionStage(sign)
                .chain(() -> presence.open(socket.machineId, before.connectionNumber(), socket.address,
                        socket::isOpen));
    }

    private void opened(OpenSocket socket, ConnectResult result) {
        if (result == null) {
            socket.close(SocketClose.TOKEN_NO_LONGER_GOOD);
            return;
        }
        socket.number = result.connection();
        // Before this replica hears of it: the machine may open another one at once.
        cache.connected(socket.machineId, socket.number);
        sockets.add(socket);
        credentials.check(socket);
        if (goodbye.isSaid()) {
            socket.sendAway(presence.interval());
        }
    }
}
