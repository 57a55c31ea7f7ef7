package org.machineregistry.presence;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.batch.DatabaseAvailability;
import org.machineregistry.batch.HeldConnection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Runs the two threads that write presence: heartbeats at a pace, and what somebody waits for at once. */
@ApplicationScoped
class PresenceLoop {
    private final WriteLoop requests;
    private final WriteLoop heartbeats;

    PresenceLoop(PresenceConfig config, HeartbeatQueue heartbeats, RequestQueue requests, PresenceClock clock,
            DatabaseAvailability availability, DataSource database) {
        long pace = config.writeEvery().toNanos();
        this.heartbeats = new WriteLoop("heartbeats", heartbeats, pace, clock, availability,
                new HeldConnection(database, config.databaseDeadline()));
        this.requests = new WriteLoop("connects-and-goodbyes", requests, pace, clock, availability,
                new HeldConnection(database, config.databaseDeadline()));
    }

    void start(@Observes StartupEvent event) {
        heartbeats.start();
        requests.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        // A heartbeat that was answered is written before who waits is refused.
        heartbeats.stop();
        requests.stop();
    }
}
