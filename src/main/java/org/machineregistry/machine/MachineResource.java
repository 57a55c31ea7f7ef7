package org.machineregistry.machine;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.limit.Network;

import io.vertx.core.http.HttpServerRequest;

/** A machine that a person sees. What belongs to anybody else does not exist here. */
@Path("/api/machines")
@Consumes(MediaType.APPLICATION_JSON)
class MachineResource {
    private final MachineCommands commands;
    private final CurrentUser user;
    private final Audit audit;

    MachineResource(MachineCommands commands, CurrentUser user, Audit audit) {
        this.commands = commands;
        this.user = user;
        this.audit = audit;
    }

    @GET
    @Path("{machineId}")
    @RolesAllowed(User.ROLE)
    public MachineDetails get(String machineId) {
        return Machine.of(Owners.seenBy(user.get()), machineId).map(MachineDetails::of)
                .orElseThrow(MachineResource::notFound);
    }

    @PATCH
    @Path("{machineId}")
    @RolesAllowed(User.ROLE)
    public MachineDetails change(String machineId,
            @NotNull(message = "a JSON object is needed") @Valid ChangeMachine body,
            HttpServerRequest request) {
        MachineCommands.Changed changed = commands.change(user.get(), machineId, body)
                .orElseThrow(MachineResource::notFound);
        if (changed.isRenamed()) {
            audit.did(user.get().id(), AuditEvent.MACHINE_RENAMED, machineId, Network.textOf(request));
        }
        if (changed.isHandedOver()) {
            audit.did(user.get().id(), AuditEvent.MACHINE_HANDED_OVER, machineId, Network.textOf(request));
        }
        if (body.changesLabels()) {
            audit.did(user.get().id(), AuditEvent.MACHINE_LABELLED, machineId, Network.textOf(request));
        }
        return MachineDetails.of(changed.machine());
    }

    @DELETE
    @Path("{machineId}")
    @RolesAllowed(User.ROLE)
    public void delete(String machineId, HttpServerRequest request) {
        if (!commands.delete(user.get(), machineId)) {
            throw notFound();
        }
        audit.did(user.get().id(), AuditEvent.MACHINE_DELETED, machineId, Network.textOf(request));
    }

    @POST
    @Path("{machineId}/token")
    @RolesAllowed(User.ROLE)
    @Produces(MediaType.APPLICATION_JSON)
    public Response rotate(String machineId, RotateToken body, HttpServerRequest request) {
        boolean revokesOld = RotateToken.revokesOld(body);
        MachineRegistration rotated = commands.rotate(user.get(), machineId, revokesOld)
                .orElseThrow(MachineResource::notFound);
        audit.did(user.get().id(), revokesOld ? AuditEvent.TOKEN_REVOKED : AuditEvent.TOKEN_ROTATED, machineId,
                Network.textOf(request));
        return Response.status(Response.Status.CREATED)
                .entity(rotated)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static HttpProblem notFound() {
        return Problems.notFound("You see no machine with this id.");
    }
}
