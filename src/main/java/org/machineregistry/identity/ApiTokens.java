package org.machineregistry.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.inject.Singleton;

import org.machineregistry.http.Problems;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * Makes and revokes the tokens with which a person's programs call the API. Nothing is stored: each is a signed JWT, with the teams
 * that its person had when it was made.
 */
@Singleton
class ApiTokens {
    // Clocks differ.
    private static final Duration SLACK = Duration.ofHours(1);

    private final Sessions sessions;
    private final RevocationTable revocations;
    private final Clock clock;

    ApiTokens(Sessions sessions, RevocationTable revocations, Clock clock) {
        this.sessions = sessions;
        this.revocations = revocations;
        this.clock = clock;
    }

    ApiToken make(User user, NewApiToken request) {
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(request.expiresInSeconds());
        ApiTokenId id = ApiTokenId.of(expiresAt.getEpochSecond(), sessions.randomId());
        return new ApiToken(id.text(), sessions.signApiToken(user, id, request), expiresAt.toEpochMilli());
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
            revocations.revokeToken(user, id);
        }
    }
}
