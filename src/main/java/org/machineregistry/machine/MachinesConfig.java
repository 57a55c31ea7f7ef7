package org.machineregistry.machine;

import java.time.Duration;

import jakarta.validation.constraints.PositiveOrZero;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "machines")
public interface MachinesConfig {
    /** Machines an owner may have. */
    @WithDefault("10000")
    @PositiveOrZero
    long quota();

    /** Machines that all people without an account may have together. */
    @WithDefault("100000")
    @PositiveOrZero
    long anonymousQuota();

    /** How long a rotated token may still be used. */
    @WithDefault("1h")
    @DurationMin
    @DurationMax(days = 36_500)
    Duration rotationOverlap();
}
