package org.machineregistry.presence.loop;

import java.util.List;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.database.HeldConnection;
import org.machineregistry.presence.ConnectQueue;
import org.machineregistry.presence.DisconnectQueue;
import org.machineregistry.presence.HeartbeatQueue;
import org.machineregistry.presence.PresenceConfig;
import org.machineregistry.presence.clock.PresenceClock;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Runs the threads that write presence: heartbeats at a pace, connects and goodbyes at once. Each has a thread of its own, so that
 * who waits for an answer does not wait for what others write.
 */
@ApplicationScoped
class PresenceLoop {
    // A heartbeat that was answered is written before who waits is refused.
    private final List<WriteLoop> loops;

    PresenceLoop(PresenceConfig config, HeartbeatQueue heartbeats, ConnectQueue connects, DisconnectQueue disconnects,
            PresenceClock clock, DatabaseAvailability availability, DataSource database) {
        long pace = config.writeEvery().toNanos();
        this.loops = List.of(
                new WriteLoop("heartbeats", heartbeats, pace, clock, availability,
                        new HeldConnection(database, config.databaseDeadline())),
                new WriteLoop("connects", connects, pace, clock, availability,
                        new HeldConnection(database, config.databaseDeadline())),
                new WriteLoop("goodbyes", disconnects, pace, clock, availability,
                        new HeldConnection(database, config.databaseDeadline())));
    }

    void start(@Observes StartupEvent event) {
        loops.forEach(WriteLoop::start);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        for (WriteLoop loop : loops) {
            loop.stop();
        }
    }
}
