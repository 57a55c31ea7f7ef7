package org.machineregistry.identity.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "sessions")
public interface SessionsConfig {
    /** Whether {@code POST /api/sessions} starts a session for anyone. */
    @WithDefault("false")
    boolean anonymous();

    /**
     * Sessions that one address may start in a minute, recovery links that it may make and open, API tokens that it may make and revoke,
     * and enrolment keys that it may revoke.
     */
    @WithDefault("30")
    @Positive
    int anonymousRate();

    /** How long a session lasts; {@link SessionLifetime} knows for how long where nobody says it. */
    Optional<@DurationMin(seconds = 1) @DurationMax(days = 36_500) Duration> lifetime();

    /** For how long after they have signed in a session of people with an account is renewed: then they sign in again. */
    @WithDefault("P7D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 36_500)
    Duration renewableFor();

    /** Files with public keys beside the service's own: {@link FurtherKeys}. */
    Optional<List<String>> furtherPublicKeys();
}
