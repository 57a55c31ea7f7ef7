package org.machineregistry.identity.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.Claims;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SignedId;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.Purpose;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.revocation.RevocationTable;
import org.machineregistry.identity.revocation.RevocationTimes;

/**
 * Makes and revokes the tokens with which a person's programs call the API. Nothing is stored: each is a signed JWT, with the teams
 * that its person had when it was made.
 */
@Singleton
class ApiTokens {
    // Clocks differ.
    private static final Duration SLACK = Duration.ofHours(1);

    private final TokenSigner signer;
    private final RevocationTable revocations;
    private final Clock clock;

    ApiTokens(TokenSigner signer, RevocationTable revocations, Clock clock) {
        this.signer = signer;
        this.revocations = revocations;
        this.clock = clock;
    }

    ApiToken make(User user, NewApiToken request) {
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(request.expiresInSeconds());
        ApiTokenId id = ApiTokenId.of(expiresAt.getEpochSecond(), signer.randomId());
        return new ApiToken(id.text(), sign(user, id, request), expiresAt.toEpochMilli());
    }

    /** It began when the session did: what revokes all of the person's revokes it, too. */
    private String sign(User user, ApiTokenId id, NewApiToken request) {
        return signer.claims(Purpose.API_TOKEN, user, signer.now())
                .claim(Claims.jti.name(), id.text())
                .claim(Scope.CLAIM, request.scope())
                .claim("token_name", request.name())
                .expiresAt(id.expiresAt())
                .sign();
    }

    /**
     * Revokes one of this person's. Of one that was revoked before, or has expired, nothing is changed.
     *
     * @throws HttpProblem 404 for what can be no id of a token
     */
    void revoke(User user, String tokenId) {
        long now = clock.instant().getEpochSecond();
        ApiTokenId id = ApiTokenId.parse(tokenId)
                .filter(found -> found.expiresAt() <= now + RevocationTimes.YEAR.plus(SLACK).toSeconds())
                .orElseThrow(() -> Problems.notFound("No API token has this id."));
        if (id.expiresAt() > now - SLACK.toSeconds()) {
            revocations.revoke(user, user.id(), SignedId.ofApiToken(user.id(), id.text()), id.expiresAt());
        }
    }
}
