package org.machineregistry.presence;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "presence")
interface PresenceConfig {
    /** What machines are told, as long as the fleet is small. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Silence after which a machine is offline. */
    @WithDefault("45s")
    Duration ttl();

    /** Pace of the batch that writes heartbeats. */
    @WithDefault("1s")
    Duration writeEvery();

    /** Heartbeats a second that the whole fleet is slowed down to. */
    @WithDefault("5000")
    int maxRate();
}
