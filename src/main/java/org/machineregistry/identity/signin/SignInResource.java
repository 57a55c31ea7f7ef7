package org.machineregistry.identity.signin;

import java.time.Clock;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.http.QueryParameters;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.TeamClaims;
import org.machineregistry.identity.provider.ProviderPerson;
import org.machineregistry.identity.provider.ProviderSettings;
import org.machineregistry.identity.session.EarlierPeople;
import org.machineregistry.identity.session.Session;
import org.machineregistry.identity.session.SessionCookie;
import org.machineregistry.identity.session.Sessions;
import org.machineregistry.identity.signin.SignInOutcome.Failed;
import org.machineregistry.identity.signin.SignInOutcome.SignedIn;
import org.machineregistry.identity.signin.SignInOutcome.ToProvider;
import org.machineregistry.limit.Network;

import io.vertx.ext.web.RoutingContext;

/** Leads people to the OpenID provider, and those who come back to the page, with a session of the service's own. */
@Path(ProviderSettings.SIGN_IN_PATH)
class SignInResource {
    private final Sessions sessions;
    private final TeamClaims teams;
    private final SessionCookie cookie;
    private final CurrentUser currentUser;
    private final EarlierPeople earlier;
    private final ServiceAddresses addresses;
    private final Audit audit;
    private final Clock clock;

    SignInResource(Sessions sessions, TeamClaims teams, SessionCookie cookie, CurrentUser currentUser,
            EarlierPeople earlier, ServiceAddresses addresses, Audit audit, Clock clock) {
        this.sessions = sessions;
        this.teams = teams;
        this.cookie = cookie;
        this.currentUser = currentUser;
        this.earlier = earlier;
        this.addresses = addresses;
        this.audit = audit;
        this.clock = clock;
    }

    @GET
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    @QueryParameters(value = "next", allowsOthers = true)
    public Response signIn(RoutingContext context) {
        try {
            return answer(context);
        } catch (HttpProblem problem) {
            if (!isForBrowser(context)) {
                throw problem;
            }
            Response.ResponseBuilder page = Response.status(problem.status())
                    .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(SignInPage.of(problem));
            problem.headers().forEach(page::header);
            return page.build();
        }
    }

    private Response answer(RoutingContext context) {
        SignInOutcome outcome = SignInOutcome.of(context);
        if (outcome instanceof Failed failed) {
            throw failed.problem();
        }
        if (outcome instanceof ToProvider provider) {
            return to(provider.url()).build();
        }
        if (outcome instanceof SignedIn back) {
            return signedIn(back, context);
        }
        throw Problems.notFound("Nobody can sign in here: no OpenID provider is configured.");
    }

    private Response signedIn(SignedIn back, RoutingContext context) {
        ProviderPerson person = ProviderPerson.of(back.claims(), teams).orElseThrow(SignInFailures::unusable);
        Session session = sessions.signIn(person);
        String next = back.next() == null || !NextPath.isOne(back.next()) ? NextPath.PAGE : back.next();
        Response.ResponseBuilder answer = to(addresses.of(context) + next)
                .cookie(cookie.begun(session, clock.instant(), false, context));
        earlier.remembered(currentUser.find(), person, context).ifPresent(answer::cookie);
        audit.did(person.id(), AuditEvent.SIGNED_IN, Network.textOf(context.request()));
        return answer.build();
    }

    // The location is a text, because Quarkus REST would put the host that it sees before a path.
    private static Response.ResponseBuilder to(String url) {
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, url);
    }

    private static boolean isForBrowser(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_HTML);
    }
}
