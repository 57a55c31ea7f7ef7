package org.machineregistry.connection;

import java.time.Duration;
import java.util.OptionalInt;

import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of connections. They are told apart by address before anything is read; behind a proxy all are the proxy's. */
@ConfigMapping(prefix = "connections")
interface ConnectionsConfig {
    /** Connections of one address, or of one IPv6 /64. Empty: nine tenths of all that there can be. */
    OptionalInt perAddress();

    /**
     * Connections on which nobody has shown a good credential yet. The oldest of them that lets the service wait makes room for one more.
     */
    @WithDefault("2000")
    @Positive
    int unknown();

    /** So many of them may be of one address. */
    @WithDefault("1000")
    @Positive
    int unknownPerAddress();

    /** How long the head of a request, and then its body, may take to come; and how long an unknown connection may be idle. */
    @WithDefault("10s")
    @DurationMin(millis = 100)
    @DurationMax(days = 1)
    Duration requestTimeout();

    /** How long a connection may be idle on which somebody has shown a good credential. */
    @WithDefault("3m")
    @DurationMin(millis = 100)
    @DurationMax(days = 1)
    Duration idleTimeout();
}
