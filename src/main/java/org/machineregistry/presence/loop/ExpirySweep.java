package org.machineregistry.presence.loop;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.database.HeldConnection;
import org.machineregistry.presence.HeartbeatPacer;
import org.machineregistry.presence.PresenceConfig;
import org.machineregistry.presence.PresenceMetrics;
import org.machineregistry.presence.PresenceTable;
import org.machineregistry.presence.clock.PauseDetector;
import org.machineregistry.presence.clock.PresenceClock;
import org.machineregistry.presence.loop.SweepStatement.Judgement;

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
    private static final long SWEEP_EVERY = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long SUSPECTS_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long TRY_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long COUNT_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORTEST_GRACE = TimeUnit.MILLISECONDS.toNanos(900);
    /** A batch is written in two questions to the database. */
    private static final int QUESTIONS = 2;

    private final PresenceConfig config;
    private final PresenceClock clock;
    private final PauseDetector pauses;
    private final DatabaseAvailability availability;
    private final HeartbeatPacer pacer;
    private final PresenceTable table;
    private final PresenceMetrics metrics;
    private final HeldConnection connection;
    private final Answers answers = new Answers(System.nanoTime());
    private volatile boolean running;
    private Thread thread;
    private final Suspects suspects = new Suspects();
    private long countedAt = System.nanoTime() - COUNT_EVERY;
    private long leaptAt = System.nanoTime();

    ExpirySweep(PresenceConfig config, PresenceClock clock, PauseDetector pauses, DatabaseAvailability availability,
            HeartbeatPacer pacer, PresenceTable table, PresenceMetrics metrics, DataSource database) {
        this.config = config;
        this.clock = clock;
        this.pauses = pauses;
        this.availability = availability;
        this.pacer = pacer;
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
                long started = System.nanoTime();
                turn();
                TimeUnit.NANOSECONDS.sleep(Math.max(TRY_AGAIN, pauseNanos(started)));
            }
        } catch (InterruptedException | SQLException stopping) {
            running = false;
        }
    }

    /** @param started when the last look began */
    private long pauseNanos(long started) {
        if (!availability.isAvailable()) {
            return started + LOOK_EVERY - System.nanoTime();
        }
        if (!answers.mayJudge()) {
            return TRY_AGAIN;
        }
        if (answers.hasFailed()) {
            // The other replicas have a moment to write what they could not write either.
            return LOOK_EVERY;
        }
        return started + (suspects.isEmpty() ? SWEEP_EVERY : SUSPECTS_EVERY) - System.nanoTime();
    }

    private void turn() {
        long askedAt = System.nanoTime();
        try {
            sweep(askedAt);
        } catch (SQLException | RuntimeException | Error failure) {
            // The failure may be anything: a replica that cannot judge does not know whether it can write.
            if (!(failure instanceof SQLException)) {
                LOG.error("The sweep for the silent failed", failure);
            }
            if (!answers.failed(askedAt, System.nanoTime())) {
                return;
            }
            if (availability.isAvailable()) {
                LOG.warnf("The database cannot be reached, or not be written: %s", failure.getMessage());
            }
            suspects.clear();
            availability.lost();
        }
    }

    private void sweep(long askedAt) throws SQLException {
        boolean counts = askedAt - countedAt >= COUNT_EVERY;
        boolean wasAvailable = availability.isAvailable();
        // A lost database is back when all can be done that the sweep asks, or it would be lost again at once.
        boolean judges = !wasAvailable || answers.mayJudge();
        SweepStatement.Result result = judges ? judge(askedAt, counts) : look(askedAt);
        long answeredAt = System.nanoTime();
        if (result.clockMicros() != null && clock.follow(result.clockMicros(), askedAt, answeredAt)) {
            LOG.warn(
                    "This replica stood still, together with its clock; it judges nobody until it has listened for a while");
            leaptAt = answeredAt;
        }
        if (answers.answered(askedAt, answeredAt, judges) && wasAvailable) {
            LOG.warn(
                    "The database was away for a moment; this replica judges nobody until it has listened for a while");
            availability.interrupted(answeredAt);
        }
        if (judges) {
            suspects.see(result.silent(), answeredAt);
        }
        metrics.swept(result.swept());
        // Only a statement that was committed shows that the database is there.
        availability.answered(result.epochMicros(), answeredAt);
        if (result.online() != null) {
            countedAt = askedAt;
            pacer.resize(result.online());
            table.evict(askedAt - TimeUnit.SECONDS.toNanos(pacer.interval().ttlSeconds()));
        }
    }

    private SweepStatement.Result judge(long askedAt, boolean counts) throws SQLException {
        setClock(askedAt);
        Judgement judgement = new Judgement(suspects.seenFor(grace(), askedAt), micros(grace()),
                hearingMicros(askedAt));
        return connection.ask(open -> SweepStatement.sweep(open, clock.at(askedAt), judgement, counts));
    }

    /** A replica that may be cut off judges nobody: others could not while its answer is lost. */
    private SweepStatement.Result look(long askedAt) throws SQLException {
        setClock(askedAt);
        return connection.ask(open -> SweepStatement.look(open, clock.at(askedAt)));
    }

    private void setClock(long askedAt) throws SQLException {
        if (!clock.isSet()) {
            clock.follow(connection.ask(SweepStatement::clock), askedAt, System.nanoTime());
        }
    }

    /** For how long machines could be heard. Before that, silence is ours, not theirs; while the database is lost, nobody can be. */
    private long hearingMicros(long now) {
        if (!availability.isAvailable()) {
            return 0;
        }
        long hearing = now - availability.availableSince();
        hearing = Math.min(hearing, now - pauses.longPauseEndedAt());
        return micros(Math.min(hearing, now - leaptAt));
    }

    /**
     * Within that time every replica has written what it heard: what comes while a batch is written waits for it, two questions, or
     * for the pace, and its own batch can be read when its first question was answered.
     */
    private long grace() {
        long wait = Math.max(config.writeEvery().toNanos(), QUESTIONS * answers.slowest());
        return Math.max(SHORTEST_GRACE, wait) + answers.slowest();
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
