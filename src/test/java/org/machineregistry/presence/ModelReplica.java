package org.machineregistry.presence;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;

import org.machineregistry.machine.OfflineReason;
import org.machineregistry.presence.clock.ModelPauses;
import org.machineregistry.presence.clock.PresenceClock;
import org.machineregistry.presence.loop.ModelSweep;

/** A replica of the service, in a time that the test makes: its own clocks and queues over the real statements. */
final class ModelReplica {
    private static final long TICK = 50;
    private static final long WRITE_EVERY = 1_000;
    private static final long SWEEP_EVERY = 500;

    /** What came while this replica stood still, or a moment ago. */
    private record Request(long cameAt, Runnable work) {}

    private final ModelDatabase database;
    private final HeartbeatInterval interval;
    private final PresenceClock clock = new PresenceClock();
    private final ModelPauses pauses;
    private final ModelSweep sweep = new ModelSweep(clock);
    private final Map<String, PresenceEntry> entries = new HashMap<>();
    private final Map<String, HeartbeatWrite> unwritten = new HashMap<>();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final long startedAt;
    private long pausedUntil;
    private long cutOffUntil;
    private long writtenAt;
    private long sweptAt;
    private long now;

    /** @param now in milliseconds, as all times here */
    ModelReplica(ModelDatabase database, HeartbeatInterval interval, long now) {
        this.database = database;
        this.interval = interval;
        this.startedAt = now;
        this.now = now;
        this.pauses = new ModelPauses(nanos(now));
    }

    void pauseUntil(long time) {
        pausedUntil = Math.max(pausedUntil, time);
    }

    /** Nothing is written until then, as where rows are locked. */
    void cutOffUntil(long time) {
        cutOffUntil = Math.max(cutOffUntil, time);
    }

    boolean stands(long time) {
        return time < pausedUntil;
    }

    boolean writes(long time) {
        return !stands(time) && time >= cutOffUntil;
    }

    /** A heartbeat comes. @param answered told when it is answered 200 */
    void heartbeat(String machineId, Runnable answered) {
        waiting.add(new Request(now, () -> {
            if (pauses.isWaking(nanos(now))) {
                return;
            }
            PresenceEntry entry = entries.computeIfAbsent(machineId, PresenceEntry::new);
            entry.hear(null, AgentInstance.UNSAID, null, Presence.NO_SOCKET, interval,
                    pauses.sentAtEarliest(nanos(now)));
            entry.waiting.set(true);
            unwritten.put(machineId, entry.heartbeat());
            answered.run();
        }));
    }

    /** @param waits whether the caller still waits */
    void connect(String machineId, BooleanSupplier waits, Runnable answered) {
        waiting.add(new Request(now, () -> {
            if (!pauses.isWaking(nanos(now)) && waits.getAsBoolean() && writes(now)) {
                PresenceEntry entry = entries.computeIfAbsent(machineId, PresenceEntry::new);
                write(new HeartbeatWrite(entry, nanos(now), PresenceEntry.UNSAID, AgentInstance.UNSAID, null,
                        interval, Presence.NO_SOCKET, false, Details.NONE, Caller.asking(waits)));
                answered.run();
            }
        }));
    }

    void disconnect(String machineId, BooleanSupplier waits, Runnable answered) {
        waiting.add(new Request(now, () -> {
            if (!pauses.isWaking(nanos(now)) && waits.getAsBoolean() && writes(now)) {
                PresenceEntry entry = entries.computeIfAbsent(machineId, PresenceEntry::new);
                DisconnectWrite write = new DisconnectWrite(entry, nanos(now), Presence.NO_SOCKET, AgentInstance.UNSAID,
                        OfflineReason.DISCONNECTED, Caller.asking(waits));
                inTransaction(connection -> DisconnectStatement.execute(connection, java.util.List.of(write), clock,
                        nanos(now)))
                        .settle();
                answered.run();
            }
        }));
    }

    /** Time goes on; a replica that stands still notices nothing of it. */
    void step(long time) {
        now = time;
        if (stands(time)) {
            return;
        }
        // What came during a pause may be read before the pause is noticed.
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            request.work().run();
        }
        pauses.tick(nanos(time));
        if (time >= cutOffUntil) {
            if (time - writtenAt >= WRITE_EVERY) {
                writtenAt = time;
                unwritten.values().forEach(this::write);
                unwritten.clear();
            }
            if (time - sweptAt >= SWEEP_EVERY) {
                sweptAt = time;
                sweep();
            }
        }
    }

    private void write(HeartbeatWrite write) {
        inTransaction(connection -> HeartbeatStatement.execute(connection, java.util.List.of(write), clock, nanos(now)))
                .settle();
    }

    private void sweep() {
        if (!clock.isSet()) {
            inTransaction(connection -> sweep.setClock(connection, nanos(now)));
        }
        long hearingSince = Math.max(nanos(Math.max(startedAt, cutOffUntil)), pauses.longPauseEndedAt());
        inTransaction(connection -> sweep.judge(connection, nanos(now), hearingSince));
    }

    private <R> R inTransaction(org.machineregistry.database.Transactions.Work<R> work) {
        try {
            return database.inTransaction(work);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static long tickMillis() {
        return TICK;
    }

    private static long nanos(long millis) {
        return MILLISECONDS.toNanos(millis);
    }
}
