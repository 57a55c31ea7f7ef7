package org.machineregistry.identity;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "sessions")
interface SessionsConfig {
    /** Whether {@code POST /api/sessions} starts a session for anyone. */
    @WithDefault("false")
    boolean anonymous();

    /** Sessions that one address may start in a minute, recovery links that it may make and open, and API tokens. */
    @WithDefault("30")
    @Positive
    int anonymousRate();

    /** Where the page sends people who have no session and can start none; relative to the address that they came to. */
    Optional<URI> signInUrl();

    /** How long a session lasts. */
    @WithDefault("30d")
    @DurationMin(seconds = 1)
    @DurationMax(days = 36_500)
    Duration lifetime();
}
