package org.machineregistry.alert;

import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "alerts")
interface AlertsConfig {
    /** Where alerts are sent; without it nothing of this package runs. */
    Optional<String> url();

    /** How they are written. */
    @WithDefault("standard")
    AlertFormat format();

    /** What Standard Webhooks are signed with; sent as a bearer token with every other format. */
    Optional<String> secret();

    /** For which reasons somebody is told that a machine is offline. */
    @WithDefault("never_connected,connection_lost,missed_heartbeats")
    Set<String> reasons();
}
