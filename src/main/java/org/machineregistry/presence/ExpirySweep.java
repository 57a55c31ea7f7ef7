package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.batch.DatabaseAvailability;
import org.machineregistry.batch.HeldConnection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Looks for the silent, and moves the presence clock on. Because its statements write every second, it also tells whether the
 * database is there. A machine is judged only where its silence was seen twice, with enough time between for every replica to
 * write what it had heard.
 */
@ApplicationScoped
class ExpirySweep {
    private static final Logger LOG = Logger.getLogger(ExpirySweep.class);
    private static final long SWEEP_EVERY_MILLIS = 1_000;
    private static final long SUSPECTS_EVERY_MILLIS = 500;
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final long TRY_AGAIN_MILLIS = 20;
    private static final long COUNT_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORTEST_GRACE = TimeUnit.MILLISECONDS.toNanos(900);
    /** A sweep is two questions to the database, and what was heard is written with the first of a batch. */
    private static final int QUESTIONS = 2;

    private final PresenceConfig config;
    private final PresenceClock clock;
    private final PauseDetector pauses;
    private final DatabaseAvailability availability;
    private final Fleet fleet;
    private final PresenceTable table;
    private final PresenceMetrics metrics;
    private final HeldConnection connection;
    private final FailureTolerance tolerance = new FailureTolerance();
    private volatile boolean running;
    private Thread thread;
    private final Suspects suspects = new Suspects();
    private long countedAt = System.nanoTime() - COUNT_EVERY;
    private long leaptAt = System.nanoTime();
    private long slowestAnswer;
    private boolean failedOnce;

    ExpirySweep(PresenceConfig config, PresenceClock clock, PauseDetector pauses, DatabaseAvailability availability,
            Fleet fleet, PresenceTable table, PresenceMetrics metrics, DataSource database) {
        this.config = config;
        this.clock = clock;
        this.pauses = pauses;
        this.availability = availability;
        this.fleet = fleet;
        this.table = table;
        this.metrics = metrics;
        this.connection = new HeldConnection(database, config.databaseDeadline());
    }

    void start(@Observes StartupEvent event) {
        running = true;
        thread = new Thread(this::run, "expiry-sweep");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void run() {
        try (connection) {
            while (running) {
                turn();
                TimeUnit.MILLISECONDS.sleep(pauseMillis());
            }
        } catch (InterruptedException | SQLException stopping) {
            running = false;
        }
    }

    private long pauseMillis() {
        if (failedOnce) {
            return TRY_AGAIN_MILLIS;
        }
        if (!availability.isAvailable()) {
            return LOOK_EVERY_MILLIS;
        }
        return suspects.isEmpty() ? SWEEP_EVERY_MILLIS : SUSPECTS_EVERY_MILLIS;
    }

    private void turn() {
        long started = System.nanoTime();
        failedOnce = false;
        try {
            sweep();
            tolerance.succeeded();
        } catch (SQLException | RuntimeException | Error failure) {
            // Whatever it is: a replica that cannot judge does not know whether it can write.
            if (!(failure instanceof SQLException)) {
                LOG.error("The sweep for the silent failed", failure);
            }
            if (!tolerance.failed(System.nanoTime() - started)) {
                failedOnce = true;
                return;
            }
            if (availability.isAvailable()) {
                LOG.warnf("The database cannot be reached, or not be written: %s", failure.getMessage());
            }
            suspects.clear();
            availability.lost();
        }
    }

    private void sweep() throws SQLException {
        long askedAt = System.nanoTime();
        boolean wasAvailable = availability.isAvailable();
        SweepStatement.Result result = connection
                .inTransaction(open -> wasAvailable ? sweep(open, askedAt) : look(open, askedAt));
        long answeredAt = System.nanoTime();
        if (result.clockMicros() != null && clock.follow(result.clockMicros(), askedAt, answeredAt)) {
            LOG.warn(
                    "This replica stood still, together with its clock; it judges nobody until it has listened for a while");
            leaptAt = answeredAt;
        }
        slowestAnswer = Math.max(answeredAt - askedAt, slowestAnswer / 2);
        suspects.see(result.suspects(), answeredAt);
        metrics.swept(result.swept());
        // Only a statement that was committed shows that the database is there.
        availability.answered(result.epochMicros(), answeredAt);
        if (askedAt - countedAt >= COUNT_EVERY) {
            countedAt = askedAt;
            fleet.resize(connection.inTransaction(SweepStatement::countOnline));
            table.evict(askedAt - TimeUnit.SECONDS.toNanos(fleet.pace().ttlSeconds()));
        }
    }

    /** A replica that may be cut off locks no machine's row: its answers may get lost, and others could not judge meanwhile. */
    private SweepStatement.Result look(Connection open, long askedAt) throws SQLException {
        setClock(open, askedAt);
        return SweepStatement.look(open, clock.at(askedAt));
    }

    private SweepStatement.Result sweep(Connection open, long askedAt) throws SQLException {
        setClock(open, askedAt);
        return SweepStatement.execute(open, clock.at(askedAt), TimeUnit.NANOSECONDS.toMicros(grace()),
                suspects.seenFor(grace(), askedAt),
                hearingMicros(askedAt));
    }

    private void setClock(Connection open, long askedAt) throws SQLException {
        if (!clock.isSet()) {
            clock.follow(SweepStatement.clock(open), askedAt, System.nanoTime());
        }
    }

    /** For how long machines could be heard. Before that, silence is ours, not theirs. */
    private long hearingMicros(long now) {
        if (!availability.isAvailable()) {
            return 0;
        }
        long hearing = now - availability.availableSince();
        hearing = Math.min(hearing, now - pauses.longPauseEndedAt());
        return TimeUnit.NANOSECONDS.toMicros(Math.min(hearing, now - leaptAt));
    }

    /** Within that time every replica has written what it heard. */
    private long grace() {
        return Math.max(SHORTEST_GRACE, config.writeEvery().toNanos()) + slowestAnswer / QUESTIONS;
    }
}
