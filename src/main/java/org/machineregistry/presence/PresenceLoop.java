package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** The one thread that writes what was heard, looks for the silent, and so knows whether the database is there. */
@ApplicationScoped
class PresenceLoop {
    private static final Logger LOG = Logger.getLogger(PresenceLoop.class);
    private static final long SWEEP_EVERY = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int GATHER_MILLIS = 10;

    private final PresenceConfig config;
    private final Writer writer;
    private final Hearing hearing;
    private final Standstill standstill;
    private final Sweeper sweeper;
    private volatile boolean running;
    private Thread thread;
    private long writtenAt = System.nanoTime();
    private long sweptAt = System.nanoTime();

    PresenceLoop(PresenceConfig config, Writer writer, Hearing hearing, Standstill standstill, Sweeper sweeper) {
        this.config = config;
        this.writer = writer;
        this.hearing = hearing;
        this.standstill = standstill;
        this.sweeper = sweeper;
    }

    void start(@Observes StartupEvent event) {
        running = true;
        hearing.resume();
        thread = new Thread(this::run, "presence");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        writer.urgent().release();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void run() {
        while (running) {
            try {
                boolean urgent = writer.urgent().tryAcquire(untilNext(), TimeUnit.NANOSECONDS);
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
        long now = System.nanoTime();
        if (standstill.isOver()) {
            hearing.restart();
        }
        if (!hearing.isPossible()) {
            writer.refuse();
        } else if (urgent || now - writtenAt >= config.writeEvery().toNanos()) {
            writtenAt = now;
            writer.write();
        }
        if (now - sweptAt >= sweepEvery()) {
            sweptAt = now;
            sweeper.sweep();
            // Only a statement that went through shows that the database is there.
            hearing.resume();
        }
    }

    private long sweepEvery() {
        return hearing.isPossible() ? SWEEP_EVERY : LOOK_EVERY;
    }

    private long untilNext() {
        long now = System.nanoTime();
        long untilSweep = sweptAt + sweepEvery() - now;
        long untilWrite = hearing.isPossible() ? writtenAt + config.writeEvery().toNanos() - now : untilSweep;
        return Math.max(0, Math.min(untilWrite, untilSweep));
    }

    private void lose(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            LOG.error("Presence failed", failure);
        } else if (hearing.isPossible()) {
            LOG.warnf("Presence cannot be written: %s", failure.getMessage());
        }
        hearing.lose();
        writer.refuse();
    }

    private void lastTurn() {
        try {
            writer.write();
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("The last heartbeats could not be written: %s", failure.getMessage());
        }
        // Nobody writes any more: who still comes is told so, and does not wait.
        hearing.lose();
        writer.refuse();
    }
}
