package org.machineregistry.enrolment;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.QueryParameters;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.User;
import org.machineregistry.identity.session.SessionLimit;
import org.machineregistry.limit.Network;

import io.vertx.core.http.HttpServerRequest;

/** The keys with which machines register themselves for a person or a team. */
@Path("/api/enrolment-keys")
class EnrolmentKeyResource {
    private final EnrolmentKeys keys;
    private final CurrentUser user;
    private final SessionLimit limit;
    private final Audit audit;

    EnrolmentKeyResource(EnrolmentKeys keys, CurrentUser user, SessionLimit limit, Audit audit) {
        this.keys = keys;
        this.user = user;
        this.limit = limit;
        this.audit = audit;
    }

    @POST
    @RolesAllowed(User.ROLE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response make(@NotNull(message = "a JSON object is needed") @Valid NewEnrolmentKey body,
            HttpServerRequest request) {
        EnrolmentKey key = keys.make(user.get(), body);
        audit.didWithKey(user.get().id(), AuditEvent.ENROLMENT_KEY_MADE, key.keyId(), Network.textOf(request));
        return Response.status(Response.Status.CREATED)
                .entity(key)
                .cacheControl(CacheControl.valueOf("no-store"))
                .build();
    }

    @DELETE
    @Path("{keyId}")
    @QueryParameters("owner")
    @RolesAllowed(User.ROLE)
    public void revoke(String keyId, @QueryParam("owner") String owner, HttpServerRequest request) {
        limit.revokedKey(Network.of(request));
        keys.revoke(user.get(), keyId, owner);
        audit.didWithKey(user.get().id(), AuditEvent.ENROLMENT_KEY_REVOKED, keyId, Network.textOf(request));
    }
}
