package org.machineregistry.drill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.machineregistry.drill.DrillSite.Clocks;
import org.machineregistry.fault.DatabaseProxy;

/** All drills there are. */
final class Catalogue {
    private static final long CUT_MILLIS = 15_000;
    private static final long DISTURBED_MILLIS = 25_000;
    private static final long LOCK_MILLIS = 20_000;
    private static final long STEPPED_MILLIS = 15_000;
    private static final int HOUR = 3_600;
    /** The jar of the version before, where one was given. */
    private static final String BEFORE = System.getProperty("drill.before");

    private Catalogue() {}

    /** Those that need a site with clocks of its own are the last. */
    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        drills.add(Drill.of("healthy", "nothing breaks, for 30 s", Faults.none(15_000)).inShort());
        drills.addAll(replicas());
        drills.addAll(database());
        drills.addAll(betweenThem());
        drills.addAll(scripted());
        drills.addAll(clocks());
        if (BEFORE != null) {
            drills.add(Drill.of("rolling-update", "replicas of the version before and of this one, beside each other",
                    Faults.updated(Path.of(BEFORE), STEPPED_MILLIS)));
        }
        return drills;
    }

    private static List<Drill> replicas() {
        return List.of(
                Drill.of("kill-one", "kill -9 of one replica, started again after 5 s", Faults.killOne(5_000)),
                Drill.of("kill-both", "kill -9 of both replicas, started at once", Faults.killBoth()),
                freezeOne(5).inShort(),
                freezeOne(20),
                freezeOne(60),
                Drill.of("freeze-both-6", "both replicas stand still for 6 s (SIGSTOP)", Faults.freezeBoth(6_000)),
                Drill.of("rolling-restart", "SIGTERM and start of one replica after the other",
                        Faults.rollingRestart()));
    }

    private static Drill freezeOne(int seconds) {
        return Drill.of("freeze-one-" + seconds, "one replica stands still for " + seconds + " s (SIGSTOP)",
                Faults.freezeOne(seconds * 1_000L));
    }

    private static List<Drill> database() {
        return List.of(
                Drill.of("database-killed", "the database is killed, started again after 2 s",
                        Faults.databaseKilled(2_000)).inShort(),
                Drill.of("database-restarted", "the database is stopped and started", Faults.databaseRestarted()),
                databaseFrozen(3),
                databaseFrozen(8),
                databaseFrozen(30),
                Drill.of("row-locked", "one machine's row is locked for 20 s", Faults.rowLocked(LOCK_MILLIS)).inShort(),
                Drill.of("table-locked", "the machines' table is locked for 6 s", Faults.tableLocked(6_000)),
                Drill.of("statement-timeout", "statement_timeout is 1 s, and one row is locked for 20 s",
                        Faults.withSetting("statement_timeout", "1s", Faults.rowLocked(LOCK_MILLIS))),
                Drill.of("lock-timeout", "lock_timeout is 500 ms, and one row is locked for 20 s",
                        Faults.withSetting("lock_timeout", "500ms", Faults.rowLocked(LOCK_MILLIS))));
    }

    private static Drill databaseFrozen(int seconds) {
        return Drill.of("database-frozen-" + seconds, "the database stands still for " + seconds + " s (SIGSTOP)",
                Faults.databaseFrozen(seconds * 1_000L));
    }

    private static List<Drill> betweenThem() {
        List<Drill> drills = new ArrayList<>(List.of(
                Drill.of("cut-refused", "one replica's connections to the database are reset and refused for 15 s",
                        Faults.cut(CUT_MILLIS, DatabaseProxy::refuse)),
                Drill.of("cut-black-hole", "nothing passes between one replica and the database for 15 s",
                        Faults.cut(CUT_MILLIS, DatabaseProxy::stall)).inShort(),
                Drill.of("cut-half-open", "what one replica says passes; answers come after 15 s",
                        Faults.cut(CUT_MILLIS, DatabaseProxy::holdAnswers)),
                Drill.of("cut-answers-lost", "what one replica says passes; answers of 15 s are lost",
                        Faults.cut(CUT_MILLIS, DatabaseProxy::loseAnswers)),
                Drill.of("resets", "5 % of one replica's connections and transfers are reset for 25 s",
                        Faults.resets(DISTURBED_MILLIS, 5))));
        for (int millis : new int[]{200, 500, 1_000}) {
            drills.add(Drill.of("latency-one-" + millis, "each answer of the database to one replica comes " + millis
                    + " ms later, for 25 s", Faults.latencyOfOne(DISTURBED_MILLIS, millis)));
            drills.add(Drill.of("latency-both-" + millis, "each answer of the database to both replicas comes "
                    + millis + " ms later, for 25 s", Faults.latencyOfBoth(DISTURBED_MILLIS, millis)));
        }
        return drills;
    }

    private static List<Drill> scripted() {
        return List.of(
                Drill.scripted("dead-handshake",
                        "a socket's handshake waits at a frozen replica, and it is open at the "
                                + "other one when that wakes",
                        OrderDrills::deadHandshake).inShort(),
                Drill.scripted("late-heartbeat",
                        "a heartbeat waits at a frozen replica, and goodbye is said to the other "
                                + "one before that wakes",
                        OrderDrills::lateHeartbeat).inShort(),
                Drill.scripted("stampede", "all machines come from a killed replica to the other one at once",
                        StampedeDrill::run));
    }

    private static List<Drill> clocks() {
        List<Drill> drills = new ArrayList<>();
        for (Clocks clocks : List.of(Clocks.DATABASE, Clocks.REPLICA)) {
            for (int seconds : new int[]{4, -4, 30, -30, HOUR, -HOUR}) {
                Drill drill = Drill.of(clocks.name().toLowerCase() + "-clock" + name(seconds),
                        (clocks == Clocks.DATABASE
                                ? "the database's clock"
                                : "one replica's clock") + " steps by" + name(seconds).replace('-', ' '),
                        clocks, Faults.clockStepped(seconds, STEPPED_MILLIS));
                drills.add(clocks == Clocks.DATABASE && seconds == -30 ? drill.inShort() : drill);
            }
        }
        return drills;
    }

    private static String name(int seconds) {
        String size = Math.abs(seconds) == HOUR ? "1h" : Math.abs(seconds) + "s";
        return (seconds < 0 ? "-back-" : "-ahead-") + size;
    }
}
