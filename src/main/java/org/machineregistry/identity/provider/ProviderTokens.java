package org.machineregistry.identity.provider;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SignedId;
import org.machineregistry.identity.TeamClaims;
import org.machineregistry.identity.User;
import org.machineregistry.identity.provider.ProviderDocuments.Known;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Access tokens of the OpenID provider and of further issuers, with which programs come. */
@Singleton
public class ProviderTokens {
    private static final Logger LOG = Logger.getLogger(ProviderTokens.class);
    private static final AlgorithmConstraints ASYMMETRIC = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, AlgorithmIdentifiers.EDDSA);
    // A token that is good so many seconds later is taken; one that has expired is not.
    private static final int CLOCKS_DIFFER_SECONDS = 120;
    private static final int RETRY_SECONDS = 5;
    // https://www.rfc-editor.org/rfc/rfc9068#section-2.1
    private static final Set<String> HEADER_TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");
    private static final Set<String> OF_ACCESS_TOKENS = Set.of("scope", "scp", "client_id", "cid", "appid", "azpacr");
    // Keycloak says so of each of its tokens.
    private static final String KEYCLOAK_TYPE = "typ";
    private static final String KEYCLOAK_ACCESS = "Bearer";

    private final Issuers issuers;
    private final TeamClaims teams;

    ProviderTokens(Issuers issuers, TeamClaims teams) {
        this.issuers = issuers;
        this.teams = teams;
    }

    /**
     * Fails with {@link AuthenticationFailedException}, or with 503 where the issuer's keys cannot be had.
     *
     * @param named the issuer that it names
     */
    public Uni<User> verify(String token, String named) {
        return Uni.createFrom()
                .item(() -> issuers.named(named).orElseThrow(() -> UnknownIssuerException.failure(named)))
                .chain(issuer -> verify(parsed(token), token, issuer))
                .onFailure(AuthenticationFailedException.class)
                .invoke(refused -> LOG.debugf("A bearer token is refused: %s", refused.getMessage()))
                .onFailure(ProviderUnavailableException.class)
                .transform(away -> Problems.unavailable(RETRY_SECONDS,
                        "The OpenID provider that issued this token cannot be reached, so that its tokens cannot be checked. Try again shortly."));
    }

    private Uni<User> verify(JsonWebSignature signed, String token, Issuer issuer) {
        return issuer.keys().find(signed).map(key -> user(token, key, issuer));
    }

    private static JsonWebSignature parsed(String token) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setCompactSerialization(token);
            signed.setAlgorithmConstraints(ASYMMETRIC);
            String type = signed.getHeader(KEYCLOAK_TYPE);
            if (type != null && !HEADER_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
                throw new AuthenticationFailedException("its header says that it is " + type);
            }
            // Refuses an algorithm before anybody is asked for a key of it.
            signed.getAlgorithm();
            return signed;
        } catch (JoseException | ClassCastException malformed) {
            throw new AuthenticationFailedException(malformed.getMessage(), malformed);
        }
    }

    private User user(String token, JsonWebKey key, Issuer issuer) {
        try {
            JwtClaims claims = consumer(issuer, key).processToClaims(token);
            requireAccess(claims);
            ProviderPerson person = ProviderPerson.of(new JsonObject(claims.getRawJson()), teams)
                    .flatMap(found -> found.of(issuer))
                    .orElseThrow(() -> new AuthenticationFailedException("its sub is no id"));
            long startedAt = claims.getIssuedAt() == null ? 0 : claims.getIssuedAt().getValue();
            return new User(person.id(), Instant.ofEpochSecond(claims.getExpirationTime().getValue()), false,
                    SignedId.of(issuer.ownIfAny(claims.getJwtId()).orElse(null), token), startedAt, person.name(),
                    person.teams(), Scope.ACCESS);
        } catch (InvalidJwtException | MalformedClaimException refused) {
            throw new AuthenticationFailedException(refused.getMessage(), refused);
        }
    }

    private static JwtConsumer consumer(Issuer issuer, JsonWebKey key) {
        Known provider = issuer.keys().known().orElseThrow();
        if (provider.issuer() == null) {
            throw new AuthenticationFailedException("the provider has no issuer");
        }
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ASYMMETRIC)
                .setVerificationKey(key.getKey())
                .setExpectedIssuer(provider.issuer())
                .setExpectedAudience(issuer.settings().audiences().toArray(String[]::new))
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(CLOCKS_DIFFER_SECONDS)
                .build();
    }

    /**
     * An ID token says to a client who has signed in, and is no credential (https://www.rfc-editor.org/rfc/rfc9068#section-5); its
     * audience is that client, which is this service, so that the audience alone does not tell.
     */
    private static void requireAccess(JwtClaims claims) {
        String type = claims.getClaimValueAsString(KEYCLOAK_TYPE);
        Collection<String> names = claims.getClaimNames();
        boolean isAccess = KEYCLOAK_ACCESS.equals(type)
                || type == null && names.stream().anyMatch(OF_ACCESS_TOKENS::contains);
        if (!isAccess || names.stream().anyMatch(OF_ID_TOKENS::contains)) {
            throw new AuthenticationFailedException("it is no access token");
        }
    }
}
