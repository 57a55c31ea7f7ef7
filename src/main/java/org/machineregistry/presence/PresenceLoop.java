package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.batch.Batches;
import org.machineregistry.batch.DatabaseAvailability;
import org.machineregistry.batch.HeldConnection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** The one thread that writes what was heard. While the database is away, it tells who waits. */
@ApplicationScoped
class PresenceLoop {
    private static final Logger LOG = Logger.getLogger(PresenceLoop.class);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TRY_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int GATHER_MILLIS = 10;

    private final PresenceConfig config;
    private final PresenceWriter writer;
    private final PresenceClock clock;
    private final DatabaseAvailability availability;
    private final HeldConnection connection;
    private final Batches batches;
    private final FailureTolerance tolerance = new FailureTolerance();
    private volatile boolean running;
    private Thread thread;
    private long writtenAt = System.nanoTime();
    private long pace;

    PresenceLoop(PresenceConfig config, PresenceWriter writer, PresenceClock clock, DatabaseAvailability availability,
            DataSource database) {
        this.config = config;
        this.writer = writer;
        this.clock = clock;
        this.availability = availability;
        this.connection = new HeldConnection(database, config.databaseDeadline());
        this.batches = new Batches(connection);
    }

    void start(@Observes StartupEvent event) {
        running = true;
        thread = new Thread(this::run, "presence");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        writer.wake();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void run() {
        while (running) {
            try {
                boolean urgent = writer.awaitUrgent(untilNext());
                if (urgent && running) {
                    // Whoever comes in the same instant goes along.
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                turn(urgent);
            } catch (InterruptedException stopping) {
                running = false;
            } catch (SQLException | RuntimeException | Error failure) {
                // Whatever it is: a replica that hears machines and does not write of them would be worse than none.
                lose(failure);
            }
        }
        lastTurn();
    }

    private void turn(boolean urgent) throws SQLException {
        if (!availability.isAvailable()) {
            writer.refuseCallers();
        } else if (clock.isSet() && (urgent || untilNext() == 0)) {
            writtenAt = System.nanoTime();
            pace = config.writeEvery().toNanos();
            writer.write(batches);
            tolerance.succeeded();
        }
    }

    private long untilNext() {
        if (!availability.isAvailable() || !clock.isSet()) {
            return LOOK_EVERY;
        }
        return Math.max(0, writtenAt + Math.min(pace, writer.retryAfter()) - System.nanoTime());
    }

    private void lose(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            LOG.error("Presence failed", failure);
        }
        if (!tolerance.failed(System.nanoTime() - writtenAt)) {
            pace = TRY_AGAIN;
            return;
        }
        if (availability.isAvailable()) {
            LOG.warnf("Presence cannot be written: %s", failure.getMessage());
        }
        availability.lost();
        writer.refuseCallers();
    }

    private void lastTurn() {
        try (connection) {
            writer.write(batches);
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("The last heartbeats could not be written: %s", failure.getMessage());
        }
        // Nobody writes any more: who still comes is told so, and does not wait.
        availability.lost();
        writer.refuseCallers();
    }
}
