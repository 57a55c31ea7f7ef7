package org.machineregistry.presence;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;

/** How often machines are told to beat: less often the more there are, so that all together stay under a rate. */
@Startup
@Singleton
public class HeartbeatPacer {
    private final PresenceConfig config;
    private final PresenceMetrics metrics;
    private volatile HeartbeatInterval interval;

    HeartbeatPacer(PresenceConfig config, PresenceMetrics metrics) {
        this.config = config;
        if (config.ttl().compareTo(config.heartbeat()) <= 0) {
            throw new ConfigurationException("presence.ttl must be longer than presence.heartbeat");
        }
        this.metrics = metrics;
        this.interval = interval(0);
    }

    public HeartbeatInterval interval() {
        return interval;
    }

    public void resize(long online) {
        metrics.online(online);
        HeartbeatInterval now = interval(online);
        if (!now.equals(interval)) {
            interval = now;
        }
    }

    private HeartbeatInterval interval(long online) {
        int told = seconds(config.heartbeat());
        int needed = (int) Math.min(Integer.MAX_VALUE / 4, (online + config.maxRate() - 1) / config.maxRate());
        int heartbeat = Math.max(told, needed);
        // The ttl grows in proportion: as many heartbeats may get lost as in a small fleet.
        return new HeartbeatInterval(heartbeat, (int) (((long) heartbeat * seconds(config.ttl()) + told - 1) / told));
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }
}
