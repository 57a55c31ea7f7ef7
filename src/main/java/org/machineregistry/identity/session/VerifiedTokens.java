package org.machineregistry.identity.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SignedId;
import org.machineregistry.identity.TeamClaims;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.CompactJwt;
import org.machineregistry.identity.jwt.Purpose;
import org.machineregistry.identity.jwt.SignedTokens;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.jwt.UnusableTokenException;
import org.machineregistry.identity.provider.ProviderTokens;
import org.machineregistry.identity.revocation.RevokedSessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JWTs that were found good a moment ago: checking a signature costs more than most of what is asked with it. */
@Singleton
class VerifiedTokens {
    // It is no longer, so that a key that a provider takes back ends soon.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    // 8 MiB at most, with what is kept beside the characters of a token. By count, because the native executable has no cache that
    // weighs: Quarkus registers the classes of some kinds of Caffeine's caches alone.
    private static final int MOST_REMEMBERED = 1_600;
    private static final int LONGEST_REMEMBERED = 4_000;

    private final Cache<String, SecurityIdentity> verified = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final ProviderTokens provider;
    private final SignedTokens signed;
    private final RevokedSessions revoked;
    private final TeamClaims teams;
    private final String issuer;
    private final Clock clock;

    VerifiedTokens(ProviderTokens provider, SignedTokens signed, RevokedSessions revoked, TeamClaims teams,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer, Clock clock) {
        this.provider = provider;
        this.signed = signed;
        this.issuer = issuer.orElse("");
        this.revoked = revoked;
        this.teams = teams;
        this.clock = clock;
    }

    /** Fails with {@link AuthenticationFailedException} for what is no JWT, or none that is a session that is good now. */
    Uni<SecurityIdentity> verify(String token) {
        SecurityIdentity known = verified.getIfPresent(token);
        if (known != null && isCurrent((User) known.getPrincipal())) {
            return Uni.createFrom().item(known);
        }
        if (!CompactJwt.isOne(token)) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        String foreign = foreignIssuer(token);
        Uni<SecurityIdentity> user = foreign == null
                ? Uni.createFrom().item(() -> own(token))
                : provider.verify(token, foreign).map(this::ofProvider);
        return user.invoke(good -> remember(token, good));
    }

    private SecurityIdentity own(String token) {
        try {
            return user(signed.verify(token));
        } catch (UnusableTokenException unusable) {
            throw new AuthenticationFailedException(unusable);
        } catch (RuntimeException failure) {
            throw SignedTokens.isOdd(failure) ? new AuthenticationFailedException(failure) : failure;
        }
    }

    /** The issuer that a token names; null for the service's own. It may be made up: only who is asked for the key depends on it. */
    private String foreignIssuer(String token) {
        try {
            return SignedTokens.payload(token).getValue("iss") instanceof String named && !issuer.equals(named)
                    ? named
                    : null;
        } catch (DecodeException odd) {
            return null;
        }
    }

    private SecurityIdentity ofProvider(User user) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(requireCurrent(user))
                .addRole(User.ROLE)
                .build();
    }

    private void remember(String token, SecurityIdentity user) {
        if (token.length() <= LONGEST_REMEMBERED) {
            verified.put(token, user);
        }
    }

    /** SmallRye JWT takes any other groups for none. */
    private static boolean hasReadableGroups(JsonObject claims) {
        Object groups = claims.getValue("groups");
        return groups == null || groups instanceof String
                || groups instanceof JsonArray names && names.stream().allMatch(String.class::isInstance);
    }

    // The claim's type depends on who parsed it.
    private static boolean isAnonymous(JsonWebToken jwt) {
        return "true".equals(String.valueOf(jwt.<Object>getClaim(TokenSigner.ANONYMOUS)));
    }

    /** @return empty for a JWT that is for none of people's purposes */
    private static Optional<Scope> scope(Set<String> audiences, Object claimed) {
        if (Purpose.SESSION.isIn(audiences)) {
            return Optional.of(Scope.SESSION);
        }
        return Purpose.API_TOKEN.isIn(audiences) ? scopeOfToken(claimed) : Optional.empty();
    }

    /** @return empty for one that this version does not know */
    private static Optional<Scope> scopeOfToken(Object claimed) {
        return switch (String.valueOf(claimed)) {
            case "read" -> Optional.of(Scope.READ);
            case "manage" -> Optional.of(Scope.MANAGE);
            default -> Optional.empty();
        };
    }

    private boolean isCurrent(User user) {
        return user.expiresAt().isAfter(clock.instant()) && !revoked.isRevoked(user);
    }

    // The verifier of JWTs grants a minute or two more.
    private User requireCurrent(User user) {
        if (!isCurrent(user)) {
            throw new AuthenticationFailedException();
        }
        return user;
    }

    private SecurityIdentity user(JsonWebToken jwt) {
        JsonObject claims = SignedTokens.payload(jwt.getRawToken());
        Scope scope = scope(jwt.getAudience(), claims.getValue(Scope.CLAIM))
                .orElseThrow(AuthenticationFailedException::new);
        String subject = jwt.getSubject();
        if (!hasReadableGroups(claims) || subject == null || !Owners.isPerson(subject)) {
            throw new AuthenticationFailedException();
        }
        String id = scope == Scope.SESSION ? SignedId.of(jwt) : SignedId.ofApiToken(subject, jwt.getTokenID());
        User user = new User(subject, Instant.ofEpochSecond(jwt.getExpirationTime()), isAnonymous(jwt), id,
                SignedTokens.startedAt(jwt), claims.getValue(TokenSigner.NAME) instanceof String name ? name : null,
                teams.signed(claims),
                scope);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(requireCurrent(user))
                .addRole(User.ROLE)
                .build();
    }
}
