package org.machineregistry.identity.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;
import org.machineregistry.http.RequestPath;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.CompactJwt;
import org.machineregistry.identity.provider.UnknownIssuerException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Users of {@code /api}, but for {@code /api/agent}: a JWT in the header or, without one, in the cookie. SmallRye JWT checks
 * it; its own mechanism is left out, because that lets the cookie win and takes a machine's token for a broken JWT.
 */
@Singleton
class UserMechanism implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";
    // Each costs a signature to be checked, before it is known who asks.
    private static final int MOST_COOKIES = 8;

    private final VerifiedTokens tokens;
    private final SessionCookie cookie;
    private final Audit audit;

    UserMechanism(VerifiedTokens tokens, SessionCookie cookie, Audit audit) {
        this.tokens = tokens;
        this.cookie = cookie;
        this.audit = audit;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String path = RequestPath.of(context);
        if (!RequestPath.isForPeople(path)) {
            return Uni.createFrom().nullItem();
        }
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null
                ? authenticateByCookie(context)
                : isBearer(authorization)
                        ? verify(authorization.substring(BEARER.length()).trim())
                                .onFailure(UnknownIssuerException::isCauseOf).transform(unknown -> Problems.of(401,
                                        "The service takes no access tokens of the issuer that this one names."))
                        : refuse();
    }

    private Uni<SecurityIdentity> authenticateByCookie(RoutingContext context) {
        String path = RequestPath.of(context);
        List<String> sent = cookie.sentWith(context);
        if (sent.isEmpty() && path.equals(SessionResource.PATH) && context.request().method() == HttpMethod.POST) {
            sent = cookie.legacySentWith(context);
        }
        if (sent.size() > 1) {
            sent = sent.stream().distinct().filter(token -> !token.isEmpty()).toList();
        }
        if (sent.isEmpty() || sent.get(0).isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        // A browser cannot drop an HttpOnly cookie that has gone bad: where sessions begin and end, it counts as none.
        boolean isAboutSession = path.startsWith(SessionResource.PATH);
        if (sent.size() > 1) {
            return findGood(sent).chain(good -> chooseOf(good, isAboutSession));
        }
        Uni<SecurityIdentity> user = verify(sent.get(0)).map(UserMechanism::sessionOnly);
        return isAboutSession ? user.onFailure(AuthenticationFailedException.class).recoverWithNull() : user;
    }

    /** A program's token is none for a browser. */
    private static SecurityIdentity sessionOnly(SecurityIdentity identity) {
        if (((User) identity.getPrincipal()).scope() != Scope.SESSION) {
            throw new AuthenticationFailedException();
        }
        return identity;
    }

    /**
     * Whoever can set cookies for the host without TLS, such as another service on it, can put one beside the user's own: that
     * must not shut the user out.
     */
    private Uni<List<SecurityIdentity>> findGood(List<String> sent) {
        List<String> possible = sent.stream().filter(CompactJwt::isOne).toList();
        if (possible.size() > MOST_COOKIES) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        List<SecurityIdentity> good = new ArrayList<>();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (String token : possible) {
            all = all.chain(() -> tokens.verify(token))
                    .map(UserMechanism::sessionOnly)
                    .invoke(good::add)
                    .replaceWithVoid()
                    .onFailure(AuthenticationFailedException.class).recoverWithNull();
        }
        return all.replaceWith(good);
    }

    private Uni<SecurityIdentity> chooseOf(List<SecurityIdentity> good, boolean mayBeNone) {
        if (good.isEmpty() && mayBeNone) {
            return Uni.createFrom().nullItem();
        }
        // Where several people have signed in, nobody can tell whose browser it is.
        long people = good.stream().map(user -> user.getPrincipal().getName()).distinct().count();
        return people == 1 ? Uni.createFrom().item(good.get(0)) : refuse();
    }

    private Uni<SecurityIdentity> verify(String token) {
        return tokens.verify(token)
                .onFailure(AuthenticationFailedException.class)
                .invoke(() -> audit.count(AuditEvent.SESSION_REFUSED));
    }

    private Uni<SecurityIdentity> refuse() {
        audit.count(AuditEvent.SESSION_REFUSED);
        return Uni.createFrom().failure(new AuthenticationFailedException());
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        // The header comes with every 401 problem.
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        // If this were left undone, Quarkus would end the answer here, before it has a body.
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }
}
