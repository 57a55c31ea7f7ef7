package org.machineregistry.machine;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "machines")
interface MachinesConfig {
    /** Machines an owner may have. */
    @WithDefault("10000")
    long quota();

    /** How long a rotated token may still be used. */
    @WithDefault("1h")
    Duration rotationOverlap();
}
