package org.machineregistry.identity.session;

import java.time.Clock;
import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;
import org.machineregistry.http.QueryParameters;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SessionNeeded;
import org.machineregistry.identity.User;
import org.machineregistry.identity.provider.ProviderSignOut;
import org.machineregistry.identity.revocation.RevocationTable;
import org.machineregistry.limit.Network;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;

@Path(SessionResource.PATH)
class SessionResource {
    static final String PATH = "/api/sessions";

    private final Sessions sessions;
    private final CurrentUser currentUser;
    private final SessionCookie cookie;
    private final ServiceAddresses addresses;
    private final RecoveryLinks links;
    private final ProviderSignOut endSession;
    private final SessionLimit limit;
    private final RevocationTable revocations;
    private final Audit audit;
    private final Clock clock;

    SessionResource(Sessions sessions, CurrentUser currentUser, SessionCookie cookie,
            ServiceAddresses addresses, RecoveryLinks links, ProviderSignOut endSession, SessionLimit limit,
            RevocationTable revocations,
            Audit audit,
            Clock clock) {
        this.sessions = sessions;
        this.currentUser = currentUser;
        this.cookie = cookie;
        this.addresses = addresses;
        this.links = links;
        this.endSession = endSession;
        this.limit = limit;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    @POST
    @SessionNeeded
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response start(StartSession body, RoutingContext context) {
        Optional<User> user = currentUser.find();
        String recovery = StartSession.recoveryIn(body);
        Session session = recovery != null
                ? recover(recovery, context)
                : user.map(this::renew).orElseGet(
                        () -> sessions.startAnonymous(Network.of(context.request()), addresses.of(context)));
        return Response.status(Response.Status.CREATED)
                // A script in a page never sees it again.
                .entity(cookie.isSentWith(context) ? session.withoutToken() : session)
                .cookie(cookie.begun(session, clock.instant(), user.isPresent(), context))
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
    @SessionNeeded
    @Produces(MediaType.APPLICATION_JSON)
    public Response end(RoutingContext context) {
        Optional<User> user = currentUser.find();
        user.ifPresent(known -> {
            revocations.revoke(known);
            audit.did(known.id(), AuditEvent.SESSION_REVOKED, Network.textOf(context.request()));
        });
        return signedOut(user, context);
    }

    @DELETE
    @RolesAllowed(User.ROLE)
    @SessionNeeded
    @Produces(MediaType.APPLICATION_JSON)
    @QueryParameters("userId")
    public Response endAll(@QueryParam("userId") String userId, RoutingContext context) {
        User user = currentUser.get();
        if (userId != null && !userId.equals(Owners.ME) && !userId.equals(user.id())) {
            return endAllOf(userId, user, context);
        }
        revocations.revokeAll(user);
        audit.did(user.id(), AuditEvent.SESSIONS_REVOKED, Network.textOf(context.request()));
        return signedOut(Optional.of(user), context);
    }

    private Response endAllOf(String person, User administrator, RoutingContext context) {
        if (!administrator.isAdministrator()) {
            throw Problems.of(403, "Only an administrator ends the sessions of somebody else.");
        }
        if (!Owners.isPerson(person) || person.equals(Owners.ALL)) {
            throw Problems.invalid("userId", "must be a person's id");
        }
        revocations.revokeAllOf(person);
        audit.endedSessionsOf(person, administrator.id(), Network.textOf(context.request()));
        return Response.noContent().build();
    }

    private Response signedOut(Optional<User> user, RoutingContext context) {
        return user.filter(known -> !known.anonymous())
                .flatMap(known -> endSession.at(addresses.of(context)))
                .map(url -> Response.ok(new SignedOut(url)).cookie(cookie.cleared(context)).build())
                .orElseGet(() -> cleared(context));
    }

    private Response cleared(RoutingContext context) {
        return Response.noContent().cookie(cookie.cleared(context)).build();
    }

    private Session recover(String jwt, RoutingContext context) {
        limit.link(Network.of(context.request()));
        User link = links.open(jwt);
        audit.did(link.id(), AuditEvent.SESSION_RECOVERED, Network.textOf(context.request()));
        return sessions.recover(link);
    }

    private Session renew(User user) {
        if (user.scope() == Scope.ACCESS) {
            throw Problems.of(403,
                    "A token of the OpenID provider is good as it is, and for no session. Sign in for one.");
        }
        return sessions.renew(user);
    }
}
