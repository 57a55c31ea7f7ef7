package org.machineregistry.presence.loop;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.machineregistry.database.Batches;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.database.HeldConnection;
import org.machineregistry.presence.WriteQueue;
import org.machineregistry.presence.clock.PresenceClock;

/** A thread that writes what waits in a queue, at a pace or at once. While the database is away, it tells who waits. */
final class WriteLoop {
    private static final Logger LOG = Logger.getLogger(WriteLoop.class);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TRY_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int GATHER_MILLIS = 10;

    private final WriteQueue queue;
    private final long pace;
    private final PresenceClock clock;
    private final DatabaseAvailability availability;
    private final HeldConnection connection;
    private final Batches batches;
    private final FailureTolerance tolerance = new FailureTolerance();
    private final Thread thread;
    private volatile boolean running = true;
    private long writtenAt = System.nanoTime();
    private long wait;

    WriteLoop(String name, WriteQueue queue, long pace, PresenceClock clock, DatabaseAvailability availability,
            HeldConnection connection) {
        this.queue = queue;
        this.pace = pace;
        this.clock = clock;
        this.availability = availability;
        this.connection = connection;
        this.batches = new Batches(connection);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        running = false;
        queue.hurry();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void run() {
        while (running) {
            try {
                boolean urgent = queue.awaitUrgent(untilNext());
                if (urgent && running) {
                    // A machine that comes in the same instant goes along.
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                turn(urgent);
            } catch (InterruptedException stopping) {
                running = false;
            } catch (SQLException | RuntimeException | Error failure) {
                // The failure may be anything: a replica that hears machines and does not write of them would be worse than none.
                lose(failure);
            }
        }
        lastTurn();
    }

    private void turn(boolean urgent) throws SQLException {
        if (!availability.isAvailable()) {
            queue.refuse();
        } else if (clock.isSet() && (urgent || untilNext() == 0)) {
            writtenAt = System.nanoTime();
            wait = pace;
            queue.write(batches);
            tolerance.succeeded();
        }
    }

    private long untilNext() {
        if (!availability.isAvailable() || !clock.isSet()) {
            return LOOK_EVERY;
        }
        return Math.max(0, writtenAt + Math.min(wait, queue.retryAfter()) - System.nanoTime());
    }

    private void lose(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            LOG.error("Presence failed", failure);
        }
        // Heartbeats that wait are written as soon as they can be: another replica may find their machines silent meanwhile.
        wait = TRY_AGAIN;
        if (!tolerance.failed(System.nanoTime() - writtenAt)) {
            return;
        }
        if (availability.isAvailable()) {
            LOG.warnf("Presence cannot be written: %s", failure.getMessage());
        }
        availability.lost();
        queue.refuse();
    }

    private void lastTurn() {
        try (connection) {
            queue.write(batches);
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("The last of %s could not be written: %s", thread.getName(), failure.getMessage());
        }
        // Nobody writes any more: who still comes is told so, and does not wait.
        availability.lost();
        queue.refuse();
    }
}
