package org.machineregistry.identity.signin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.http.RequestPath;
import org.machineregistry.identity.provider.Issuers;
import org.machineregistry.identity.provider.ProviderSettings;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Has Quarkus OIDC do what the protocol asks for at the address of the sign-in, before all authentication: whatever comes of it is
 * {@link SignInResource}'s to answer. Without a provider it is not there.
 *
 * <p>Reaches into Quarkus OIDC: its mechanism is a bean, and only as such can be asked where it would send a browser.
 */
// Quarkus OIDC 3.33.2 has no public way to begin a sign-in, or to end one without a session of its own: an upgrade is to be searched
// for one. No test tells when it is there. ProviderIT turns red where OidcAuthenticationMechanism does otherwise than it does now.
@ApplicationScoped
class SignInFilter {
    private static final int BEFORE_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION + 3;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String NEXT = "next";

    private final ProviderSettings settings;
    private final ServiceAddresses addresses;
    private final Issuers issuers;
    private final OidcAuthenticationMechanism oidc;
    private final IdentityProviderManager identities;
    private final SignInFailures failures;

    SignInFilter(ProviderSettings settings, ServiceAddresses addresses, Issuers issuers,
            OidcAuthenticationMechanism oidc, IdentityProviderManager identities, SignInFailures failures) {
        this.settings = settings;
        this.addresses = addresses;
        this.issuers = issuers;
        this.oidc = oidc;
        this.identities = identities;
        this.failures = failures;
    }

    void register(@Observes Filters filters) {
        if (settings.isConfigured()) {
            filters.register(this::filter, BEFORE_AUTHENTICATION);
        }
    }

    private void filter(RoutingContext context) {
        if (!READING.contains(context.request().method())
                || !ProviderSettings.SIGN_IN_PATH.equals(RequestPath.of(context))) {
            context.next();
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        Uni.createFrom().deferred(() -> step(context, command -> loop.runOnContext(later -> command.run())))
                .onFailure().recoverWithItem(failure -> new SignInOutcome.Failed(failures.problem(failure, context)))
                .subscribe().with(outcome -> loop.runOnContext(later -> goOn(outcome, context)));
    }

    private static void goOn(SignInOutcome outcome, RoutingContext context) {
        forgetSessions(context);
        ProviderTenant.close(context);
        outcome.putInto(context);
        context.next();
    }

    /** Those that Quarkus OIDC would keep in a cookie, whether it sets one or somebody made one up. */
    private static void forgetSessions(RoutingContext context) {
        List<String> names = context.request().cookies().stream().map(Cookie::getName)
                .filter(name -> name.startsWith(OidcUtils.SESSION_COOKIE_NAME))
                .toList();
        names.forEach(name -> context.response().removeCookies(name, false));
    }

    private Uni<SignInOutcome> step(RoutingContext context, Executor loop) {
        String next = context.queryParams().get(NEXT);
        if (next != null && !NextPath.isOne(next)) {
            return Uni.createFrom().item(new SignInOutcome.Failed(SignInFailures.wrongNext()));
        }
        // Where it is not certain, nobody could come back.
        addresses.certain(context);
        forgetSessions(context);
        ProviderTenant.open(context);
        // Nobody is sent to a provider that is down.
        return issuers.reachSignIn()
                .emitOn(loop)
                .chain(reached -> oidc.authenticate(context, identities))
                .chain(nobody -> isBack(context)
                        ? Uni.createFrom().item(new SignInOutcome.Failed(SignInFailures.unknownState()))
                        : oidc.getChallenge(context).map(SignInFilter::toProvider))
                .onFailure(AuthenticationRedirectException.class)
                .recoverWithItem(redirect -> signedIn((AuthenticationRedirectException) redirect, context));
    }

    /** A browser that came back and is unknown would go to and fro for ever, if it were sent to the provider again. */
    private static boolean isBack(RoutingContext context) {
        return context.queryParams().contains("code") || context.queryParams().contains("state")
                || context.queryParams().contains("error");
    }

    private static SignInOutcome toProvider(ChallengeData challenge) {
        Map<CharSequence, String> headers = challenge.getHeaders();
        return challenge.status == HttpResponseStatus.FOUND.code()
                ? new SignInOutcome.ToProvider(headers.get(HttpHeaders.LOCATION))
                : new SignInOutcome.Failed(SignInFailures.unknownState());
    }

    /** Quarkus OIDC would have the browser ask again what it has asked first, in which stands where they wanted to. */
    private static SignInOutcome signedIn(AuthenticationRedirectException again, RoutingContext context) {
        String next = new QueryStringDecoder(again.getRedirectUri()).parameters()
                .getOrDefault(NEXT, Arrays.asList((String) null)).get(0);
        return new SignInOutcome.SignedIn(SignedInPerson.claimsIn(context), next);
    }
}
