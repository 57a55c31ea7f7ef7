package org.machineregistry.presence;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "presence")
public interface PresenceConfig {
    /** Machines are told this interval, as long as the fleet is small. */
    @WithDefault("15s")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration heartbeat();

    /** Silence after which a machine is offline. */
    @WithDefault("45s")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration ttl();

    /** Pace of the batch that writes heartbeats. */
    @WithDefault("1s")
    @DurationMin(millis = 1)
    @DurationMax(days = 1)
    Duration writeEvery();

    /** Heartbeats a second that the whole fleet is slowed down to. */
    @WithDefault("5000")
    @Positive
    int maxRate();

    /**
     * A database that does not answer for so long is lost: its machines still have time to be heard by another replica before
     * their silence counts.
     */
    default Duration databaseDeadline() {
        return Duration.ofMillis(Math.max(2_000, Math.min(5_000, ttl().toMillis() * 3 / 10)));
    }
}
