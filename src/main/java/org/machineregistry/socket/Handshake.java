package org.machineregistry.socket;

import java.util.Objects;

import org.machineregistry.credential.MachineCredential;
import org.machineregistry.socket.workarounds.SocketFlow;

import io.quarkus.websockets.next.UserData.TypedKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * Holds what is known of a socket before it is open.
 *
 * @param routing the request that asked for it
 * @param machine the credential that the database knew of before the handshake was answered
 * @param address that it came from; null where that is not known
 */
record Handshake(RoutingContext routing, MachineCredential machine, SocketFlow flow, String address) {
    static final TypedKey<Handshake> KEY = new TypedKey<>("handshake");
    private static final Object ROUTING = new Object();

    /** Keeps a request until {@link #take}: WebSockets Next shows only a part of it. */
    static void begin(RoutingContext routing) {
        Vertx.currentContext().putLocal(ROUTING, routing);
    }

    /** The request that asks for a socket, once. */
    static RoutingContext take() {
        Context context = Vertx.currentContext();
        RoutingContext routing = Objects.requireNonNull(context.getLocal(ROUTING),
                "Nothing has looked at the handshake");
        context.removeLocal(ROUTING);
        return routing;
    }

    /**
     * Gives up what the request brought, when the socket is open: Quarkus keeps the request as long as the socket, and nobody reads its
     * headers, and what was found out about it, any more.
     */
    void end() {
        routing.request().headers().clear();
        routing.response().headers().clear();
        routing.data().clear();
    }
}
