package org.machineregistry.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of one machine and two replicas, over the real statements: replicas stand still and are cut off, the database's
 * time of day is set, the machine beats, says goodbye, comes back, falls silent, and gives up on whoever does not answer. What the
 * row says is compared with what the machine did.
 */
class PresenceModelTest {
    private static final int HISTORIES = 60;
    private static final long LENGTH = 90_000;
    private static final HeartbeatInterval INTERVAL = new HeartbeatInterval(3, 10);
    private static final long TTL = 10_000;
    private static final long BEATS_EVERY = 3_000;
    private static final long GIVES_UP_AFTER = 2_000;
    // What the contract grants, and the time that the model takes to notice.
    private static final long SHOWN_WITHIN = 1_000 + 2 * ModelReplica.tickMillis();
    private static final long SILENT_WITHIN = TTL + 3_000;

    private static ModelDatabase database;

    private final List<String> history = new ArrayList<>();
    private Random random;
    private ModelReplica[] replicas;
    private String machineId;
    private long now;
    private long timeOfDay;

    // What the machine did. A number tells attempts apart, so that one that was given up is not taken for a later one.
    private int attempt;
    private boolean attemptAnswered;
    private long attemptedAt;
    private long nextAt;
    private boolean silent;
    private String saidLast = "never_connected";
    private long saidLastAt;
    /** Since when nothing disturbed what is to be shown. */
    private long undisturbedSince;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new ModelDatabase();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    static List<Integer> seeds() {
        return new Random(12).ints(HISTORIES).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_shown_is_what_the_machine_did(int seed) throws Exception {
        random = new Random(seed);
        // One clock for all histories, which never goes back.
        now = 1_000_000L + Math.floorMod(seed, 1_000);
        timeOfDay = 1_800_000_000_000_000L;
        machineId = UUID.randomUUID().toString();
        database.execute("truncate machine");
        database.register(machineId);
        replicas = new ModelReplica[]{new ModelReplica(database, INTERVAL, now),
                new ModelReplica(database, INTERVAL, now + 250)};
        nextAt = now + 2_000;
        undisturbedSince = now;

        for (long end = now + LENGTH; now < end; now += ModelReplica.tickMillis()) {
            timeOfDay += ModelReplica.tickMillis() * 1_000;
            database.setTimeOfDay(timeOfDay);
            disturb();
            for (ModelReplica replica : replicas) {
                replica.step(now);
            }
            act();
            check();
        }
    }

    private void disturb() {
        // Seldom, and one at a time, so that there are times in which something can be held to be true.
        if (random.nextInt(400) != 0 || now - undisturbedSince < SILENT_WITHIN) {
            return;
        }
        ModelReplica replica = replicas[random.nextInt(2)];
        long until = now + 200 + random.nextInt(15_000);
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                note("a replica stands still until " + until);
                replica.pauseUntil(until);
                undisturbedSince = until;
            }
            case 2 -> {
                note("a replica is cut off until " + until);
                replica.cutOffUntil(until);
                undisturbedSince = until;
            }
            default -> {
                long by = (random.nextBoolean() ? 1 : -1) * (1_000L + random.nextInt(3_600_000));
                note("the time of day is set by " + by);
                timeOfDay += by * 1_000;
            }
        }
    }

    private void act() {
        boolean waits = !attemptAnswered && attempt > 0 && now - attemptedAt < GIVES_UP_AFTER;
        if (waits || now < nextAt) {
            return;
        }
        if (attempt > 0 && !attemptAnswered) {
            note("gives up");
        }
        if (silent) {
            silent = false;
        } else if (random.nextInt(12) == 0) {
            note("falls silent");
            silent = true;
            nextAt = now + 1_000 + random.nextInt(20_000);
            return;
        }
        boolean online = saidLast.equals("online");
        say(online && random.nextInt(5) == 0 ? "disconnected" : "online", !online || random.nextInt(8) == 0);
    }

    private void say(String what, boolean asking) {
        int number = ++attempt;
        attemptAnswered = false;
        attemptedAt = now;
        nextAt = now + (random.nextInt(4) == 0 ? 50 + random.nextInt(400) : BEATS_EVERY);
        int which = random.nextInt(2);
        long askedAt = now;
        Runnable answered = () -> {
            if (number == attempt && now - askedAt < GIVES_UP_AFTER) {
                note("replica " + which + " took " + what);
                attemptAnswered = true;
                saidLast = what;
                // A heartbeat counts from when it was sent.
                saidLastAt = now;
            }
        };
        note("says " + what + (asking ? " and waits" : "") + " to " + which);
        if (what.equals("disconnected")) {
            replicas[which].disconnect(machineId, () -> number == attempt && now - askedAt < GIVES_UP_AFTER, answered);
        } else if (asking) {
            replicas[which].connect(machineId, () -> number == attempt && now - askedAt < GIVES_UP_AFTER, answered);
        } else {
            replicas[which].heartbeat(machineId, answered);
        }
    }

    private void check() throws Exception {
        String shown = database.state(machineId);
        boolean disturbed = now < undisturbedSince + SHOWN_WITHIN;
        boolean open = attempt > 0 && !attemptAnswered;
        long quiet = now - Math.max(saidLastAt, undisturbedSince);
        if (saidLast.equals("disconnected") && !open && now - saidLastAt > 0) {
            // A goodbye is final as soon as it was answered, whatever stands still.
            assertThat(shown).as(this::told).isIn("disconnected");
        } else if (saidLast.equals("online") && !disturbed && now - saidLastAt > SHOWN_WITHIN
                && now - saidLastAt < TTL) {
            assertThat(shown).as(this::told).isIn(open ? List.of("online", "disconnected") : List.of("online"));
        } else if (saidLast.equals("online") && quiet > SILENT_WITHIN && !open) {
            assertThat(shown).as(this::told).isEqualTo("missed_heartbeats");
        }
    }

    private void note(String what) {
        history.add(now + " " + what);
    }

    private String told() {
        return now + " after " + String.join("\n", history);
    }
}
