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
    private static final long SHORTEST_PAUSE = TRY_AGAIN;
    private static final long COUNT_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORTEST_GRACE = TimeUnit.MILLISECONDS.toNanos(900);
    // With an answer each second, and one that failed and was tried again at once, it is a second and a little.
    private static final long SHORTEST_OUTAGE = TimeUnit.MILLISECONDS.toNanos(1_500);
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
    private final FailureTolerance tolerance = new FailureTolerance();
    private volatile boolean running;
    private Thread thread;
    private final Suspects suspects = new Suspects();
    private long countedAt = System.nanoTime() - COUNT_EVERY;
    private long listensSince = System.nanoTime();
    private long answeredAt = System.nanoTime();
    private long slowestAnswer;
    private boolean hurries;

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
                long pause = started + pauseNanos() - System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(Math.max(SHORTEST_PAUSE, pause));
            }
        } catch (InterruptedException | SQLException stopping) {
            running = false;
        }
    }

    /** The time from the beginning of one look to that of the next. */
    private long pauseNanos() {
        if (hurries) {
            return TRY_AGAIN;
        }
        if (!availability.isAvailable()) {
            return LOOK_EVERY;
        }
        return suspects.isEmpty() ? SWEEP_EVERY : SUSPECTS_EVERY;
    }

    private void turn() {
        long started = System.nanoTime();
        // The look after a failure judges nobody; the next one does.
        hurries = tolerance.hasFailed();
        try {
            sweep();
            tolerance.succeeded();
        } catch (SQLException | RuntimeException | Error failure) {
            // Whatever it is: a replica that cannot judge does not know whether it can write.
            if (!(failure instanceof SQLException)) {
                LOG.error("The sweep for the silent failed", failure);
            }
            if (!tolerance.failed(System.nanoTime() - started)) {
                hurries = true;
                return;
            }
            hurries = false;
            if (availability.isAvailable()) {
                LOG.warnf("The database cannot be reached, or not be written: %s", failure.getMessage());
            }
            suspects.clear();
            availability.lost();
        }
    }

    private void sweep() throws SQLException {
        long askedAt = System.nanoTime();
        boolean counts = askedAt - countedAt >= COUNT_EVERY;
        boolean judges = availability.isAvailable() && !tolerance.hasFailed();
        SweepStatement.Result result = judges ? judge(askedAt, counts) : look(askedAt);
        long lastAnsweredAt = answeredAt;
        answeredAt = System.nanoTime();
        if (tolerance.hasFailed() && answeredAt - lastAnsweredAt > SHORTEST_OUTAGE) {
            // Nobody was refused, but who needed a look-up of a credential was not heard.
            listensSince = answeredAt;
        }
        if (result.clockMicros() != null && clock.follow(result.clockMicros(), askedAt, answeredAt)) {
            LOG.warn(
                    "This replica stood still, together with its clock; it judges nobody until it has listened for a while");
            listensSince = answeredAt;
        }
        slowestAnswer = Math.max(answeredAt - askedAt, slowestAnswer / 2);
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

    /** A replica that may be cut off, or was a moment ago, judges nobody: others could not while its answer is lost. */
    private SweepStatement.Result look(long askedAt) throws SQLException {
        setClock(askedAt);
        return connection.ask(open -> SweepStatement.look(open, clock.at(askedAt)));
    }

    private void setClock(long askedAt) throws SQLException {
        if (!clock.isSet()) {
            clock.follow(connection.ask(SweepStatement::clock), askedAt, System.nanoTime());
        }
    }

    /** For how long machines could be heard. Before that, silence is ours, not theirs. */
    private long hearingMicros(long now) {
        if (!availability.isAvailable()) {
            return 0;
        }
        long hearing = now - availability.availableSince();
        hearing = Math.min(hearing, now - pauses.longPauseEndedAt());
        return micros(Math.min(hearing, now - listensSince));
    }

    /**
     * Within that time every replica has written what it heard: what comes while a batch is written waits for it, two questions, or
     * for the pace, and its own batch can be read when its first question was answered.
     */
    private long grace() {
        long wait = Math.max(config.writeEvery().toNanos(), QUESTIONS * slowestAnswer);
        return Math.max(SHORTEST_GRACE, wait) + slowestAnswer;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
