package org.machineregistry.agent;

import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.machineregistry.presence.Pace;
import org.machineregistry.presence.Presence;
import org.machineregistry.problem.NoFields;
import org.machineregistry.problem.Problems;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** What machines say over HTTP. Nothing here blocks: heartbeats are by far the most frequent requests. */
@Path("/api/agent")
@RolesAllowed(AgentMachine.ROLE)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
class AgentResource {
    static final long NO_SOCKET = 0;

    private final Presence presence;
    private final SecurityIdentity identity;
    private final Validator validator;

    AgentResource(Presence presence, SecurityIdentity identity, Validator validator) {
        this.presence = presence;
        this.identity = identity;
        this.validator = validator;
    }

    @POST
    @Path("connect")
    public Uni<Connected> connect(Connect body) {
        Connect said = body == null ? Connect.NOTHING : valid(body);
        return presence.connect(machineId(), said.assistantCount(), said.details(), NO_SOCKET)
                .onItem()
                .ifNull()
                .failWith(AuthenticationFailedException::new)
                .map(Connected::of);
    }

    @POST
    @Path("heartbeat")
    public Pace heartbeat(Heartbeat body) {
        Integer assistantCount = body == null ? null : valid(body).assistantCount();
        return presence.heartbeat(machineId(), assistantCount, NO_SOCKET);
    }

    @POST
    @Path("disconnect")
    public Uni<Void> disconnect(NoFields body) {
        return presence.disconnect(machineId(), NO_SOCKET);
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

    // By hand: the interceptor would cost every heartbeat, also the many without a body.
    private <T> T valid(T body) {
        Set<ConstraintViolation<T>> violations = validator.validate(body);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return body;
    }
}
