package org.machineregistry.leftover;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "machines")
interface LeftoversConfig {
    /** How long a machine of a person without an account is kept that never connects. */
    @WithDefault("30d")
    @DurationMin(hours = 1)
    @DurationMax(days = 36_500)
    Duration anonymousLeftovers();
}
