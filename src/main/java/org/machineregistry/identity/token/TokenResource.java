package org.machineregistry.identity.token;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SessionNeeded;
import org.machineregistry.identity.User;
import org.machineregistry.identity.session.SessionLimit;
import org.machineregistry.limit.Network;

import io.vertx.core.http.HttpServerRequest;

/** The API tokens of a person. */
@Path("/api/tokens")
class TokenResource {
    private final ApiTokens tokens;
    private final CurrentUser currentUser;
    private final SessionLimit limit;
    private final Audit audit;

    TokenResource(ApiTokens tokens, CurrentUser currentUser, SessionLimit limit, Audit audit) {
        this.tokens = tokens;
        this.currentUser = currentUser;
        this.limit = limit;
        this.audit = audit;
    }

    @POST
    @RolesAllowed(User.ROLE)
    @SessionNeeded
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response make(@NotNull(message = "a JSON object is needed") @Valid NewApiToken body,
            HttpServerRequest request) {
        User user = currentUser.get();
        if (user.scope() == Scope.ACCESS) {
            throw Problems.of(403, "A token of the OpenID provider makes none that would outlive it. Sign in for one.");
        }
        limit.token(Network.of(request));
        ApiToken token = tokens.make(user, body);
        audit.didWithToken(user.id(), AuditEvent.API_TOKEN_MADE, token.tokenId(), Network.textOf(request));
        return Response.status(Response.Status.CREATED)
                .entity(token)
                .cacheControl(CacheControl.valueOf("no-store"))
                .build();
    }

    @DELETE
    @Path("{tokenId}")
    @RolesAllowed(User.ROLE)
    @SessionNeeded
    public void revoke(String tokenId, HttpServerRequest request) {
        User user = currentUser.get();
        limit.token(Network.of(request));
        tokens.revoke(user, tokenId);
        audit.didWithToken(user.id(), AuditEvent.API_TOKEN_REVOKED, tokenId, Network.textOf(request));
    }
}
