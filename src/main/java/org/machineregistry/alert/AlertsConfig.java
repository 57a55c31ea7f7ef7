package org.machineregistry.alert;

import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "alerts")
interface AlertsConfig {
    /** Alerts are sent to this URL; without it nothing of this package runs. */
    Optional<String> url();

    /** Messages are written in this format. */
    @WithDefault("standard")
    AlertFormat format();

    /** The secret signs Standard Webhooks, and is sent as a bearer token with every other format. */
    Optional<String> secret();

    /** An alert is sent of machines that are offline for one of these reasons; without it for all but a goodbye. */
    Optional<Set<String>> reasons();
}
