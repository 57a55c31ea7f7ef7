package org.machineregistry.identity;

import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Users of {@code /api}, but for {@code /api/agent}: a JWT in the header or, without one, in the cookie. SmallRye JWT checks
 * it; its own mechanism is left out, because that lets the cookie win and takes a machine's token for a broken JWT.
 */
@Singleton
class UserMechanism implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";

    private final VerifiedTokens tokens;

    UserMechanism(VerifiedTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String path = context.normalizedPath();
        if (!path.startsWith("/api/") || path.startsWith("/api/agent/")) {
            return Uni.createFrom().nullItem();
        }
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return isBearer(authorization)
                    ? tokens.verify(authorization.substring(BEARER.length()).trim(), identities, context)
                    : Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Cookie cookie = context.request().getCookie(SessionCookie.NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Uni<SecurityIdentity> user = tokens.verify(cookie.getValue(), identities, context);
        // A browser cannot drop an HttpOnly cookie that has gone bad: where sessions begin and end, it counts as none.
        return path.startsWith(SessionResource.PATH)
                ? user.onFailure(AuthenticationFailedException.class).recoverWithNull()
                : user;
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        // The header comes with every 401 problem; the problem library cannot read a challenge of this platform's release.
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        // Left undone, the platform would end the answer here, before it has a body.
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }
}
