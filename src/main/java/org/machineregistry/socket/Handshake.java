package org.machineregistry.socket;

import org.machineregistry.credential.MachineCredential;
import org.machineregistry.socket.workarounds.SocketFlow;

import io.quarkus.websockets.next.UserData.TypedKey;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * What is known of a socket before it is open.
 *
 * @param machine the credential that the database knew of before the handshake was answered
 * @param address that it came from; null where that is not known
 */
record Handshake(RoutingContext request, MachineCredential machine, SocketFlow flow, String address) {
    static final TypedKey<Handshake> KEY = new TypedKey<>("handshake");

    /** Keeps a request for {@link #begun}: WebSockets Next shows less of it. */
    static void begin(RoutingContext request) {
        Vertx.currentContext().putLocal(KEY, request);
    }

    /** The request that is under way. */
    static RoutingContext begun() {
        return Vertx.currentContext().getLocal(KEY);
    }

    /**
     * Gives up what the request brought, when the socket is open: Quarkus keeps the request as long as the socket, and nobody reads its
     * headers, and what was found out about it, any more.
     */
    void end() {
        request.request().headers().clear();
        request.response().headers().clear();
        request.data().clear();
        Vertx.currentContext().removeLocal(KEY);
    }
}
