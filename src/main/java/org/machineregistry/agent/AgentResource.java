package org.machineregistry.agent;

import java.util.function.BooleanSupplier;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.machineregistry.credential.AgentMachine;
import org.machineregistry.http.Problems;
import org.machineregistry.presence.HeartbeatInterval;
import org.machineregistry.presence.Presence;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** What machines say over HTTP, but for the ordinary heartbeat: {@link HeartbeatRoute} answers it. Nothing here blocks. */
@Path("/api/agent")
@RolesAllowed(AgentMachine.ROLE)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
class AgentResource {
    static final String PATH = "/api/agent/";

    private final Presence presence;
    private final SecurityIdentity identity;

    AgentResource(Presence presence, SecurityIdentity identity) {
        this.presence = presence;
        this.identity = identity;
    }

    @POST
    @Path("connect")
    public Uni<Connected> connect(@Valid Connect body, HttpServerRequest request) {
        Connect said = body == null ? Connect.NOTHING : body;
        return presence
                .connect(machineId(), said.assistantCount(), said.instance(), said.details(), Presence.NO_SOCKET,
                        waits(request))
                .onItem()
                .ifNull()
                .failWith(AuthenticationFailedException::new)
                .map(Connected::of);
    }

    @POST
    @Path("heartbeat")
    public HeartbeatInterval heartbeat(@Valid Heartbeat body) {
        Heartbeat said = body == null ? Heartbeat.NOTHING : body;
        return presence.heartbeat(machineId(), said.assistantCount(), said.instance());
    }

    @POST
    @Path("disconnect")
    public Uni<Void> disconnect(@Valid Disconnect body, HttpServerRequest request) {
        Disconnect said = body == null ? Disconnect.NOTHING : body;
        return presence.disconnect(machineId(), said.instance(), waits(request));
    }

    /** Tells whether a caller has not hung up. */
    private static BooleanSupplier waits(HttpServerRequest request) {
        return () -> !request.response().closed();
    }

    /** Reached only without the upgrade that the socket's own endpoint takes. */
    @GET
    @Path("socket")
    public void socket() {
        throw Problems.upgradeRequired("websocket");
    }

    private String machineId() {
        return identity.getPrincipal().getName();
    }
}
