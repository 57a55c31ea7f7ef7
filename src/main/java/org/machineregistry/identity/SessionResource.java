package org.machineregistry.identity;

import java.time.Clock;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.limit.Network;
import org.machineregistry.problem.NoFields;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;

@Path(SessionResource.PATH)
class SessionResource {
    static final String PATH = "/api/sessions";

    private final Sessions sessions;
    private final CurrentUser currentUser;
    private final SecurityIdentity identity;
    private final SessionCookie cookie;
    private final Clock clock;

    SessionResource(Sessions sessions, CurrentUser currentUser, SecurityIdentity identity, SessionCookie cookie,
            Clock clock) {
        this.sessions = sessions;
        this.currentUser = currentUser;
        this.identity = identity;
        this.cookie = cookie;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(NoFields body, HttpServerRequest request) {
        Session session = currentUser.find().map(this::renew)
                .orElseGet(() -> sessions.startAnonymous(Network.of(request)));
        return Response.status(Response.Status.CREATED)
                .entity(session)
                .cookie(cookie.of(session.token(), session.secondsLeft(clock.instant()), request))
                .cacheControl(CacheControl.valueOf("no-store"))
                .build();
    }

    @GET
    @Path("current")
    @RolesAllowed(User.ROLE)
    @NonBlocking
    public SessionView current() {
        return SessionView.of(currentUser.get());
    }

    @DELETE
    @Path("current")
    @NonBlocking
    public Response end(HttpServerRequest request) {
        return Response.noContent().cookie(cookie.cleared(request)).build();
    }

    private Session renew(User user) {
        return sessions.signs()
                ? sessions.renew(user)
                : Session.of(user, identity.getCredential(TokenCredential.class).getToken());
    }
}
