package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.batch.Batches;
import org.machineregistry.problem.Problems;

/** Gathers what was heard until it is written, all together. Its queues are filled by many threads, and emptied by one. */
@ApplicationScoped
class PresenceWriter {
    private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_RETRY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Queue<PresenceEntry> heartbeats = new ConcurrentLinkedQueue<>();
    private final Queue<HeartbeatWrite> connects = new ConcurrentLinkedQueue<>();
    private final Queue<DisconnectWrite> disconnects = new ConcurrentLinkedQueue<>();
    private final Semaphore urgent = new Semaphore(0);
    private final PresenceClock clock;
    private final PresenceMetrics metrics;
    // Of the writing thread alone: for how long it waits before it tries rows again that somebody else had locked.
    private long retryAfter;

    PresenceWriter(PresenceClock clock, PresenceMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /** One that turns a machine online does not wait for the pace. */
    void heartbeat(PresenceEntry entry) {
        heartbeats.add(entry);
        if (!entry.online) {
            urgent.release();
        }
    }

    void connect(HeartbeatWrite write) {
        connects.add(write);
        urgent.release();
    }

    void disconnect(DisconnectWrite write) {
        disconnects.add(write);
        urgent.release();
    }

    /**
     * @param nanos the longest wait
     * @return whether something waits that should be written at once
     */
    boolean awaitUrgent(long nanos) throws InterruptedException {
        return urgent.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    /** Wakes the writing thread. */
    void wake() {
        urgent.release();
    }

    /** In how many nanoseconds rows are to be tried again that were locked; a very long time where there are none. */
    long retryAfter() {
        return retryAfter == 0 ? Long.MAX_VALUE : retryAfter;
    }

    /** @throws SQLException when the database cannot be reached: all is kept for the next time */
    void write(Batches batches) throws SQLException {
        urgent.drainPermits();
        boolean locked = writeHeartbeats(batches);
        locked |= writeDisconnects(batches);
        retryAfter = locked ? Math.min(LAST_RETRY, Math.max(FIRST_RETRY, retryAfter * 2)) : 0;
    }

    private boolean writeHeartbeats(Batches batches) throws SQLException {
        List<HeartbeatWrite> writes = takeHeartbeats();
        List<HeartbeatWrite> locked = new ArrayList<>();
        try {
            if (!writes.isEmpty()) {
                long started = System.nanoTime();
                batches.write(writes, (connection, rows, now) -> {
                    HeartbeatOutcome outcome = HeartbeatStatement.execute(connection, rows, clock, now);
                    return () -> locked.addAll(outcome.settle());
                }, PresenceWriter::refuse);
                metrics.wrote(writes.size(), System.nanoTime() - started);
            }
        } catch (SQLException | RuntimeException failure) {
            writes.forEach(this::keep);
            throw failure;
        }
        locked.forEach(this::keep);
        return !locked.isEmpty();
    }

    private boolean writeDisconnects(Batches batches) throws SQLException {
        List<DisconnectWrite> writes = takeDisconnects();
        List<DisconnectWrite> locked = new ArrayList<>();
        try {
            if (!writes.isEmpty()) {
                batches.write(writes, (connection, rows, now) -> {
                    Settlement<DisconnectWrite> settlement = DisconnectStatement.execute(connection, rows, clock, now);
                    return () -> locked.addAll(settlement.settle());
                }, PresenceWriter::refuse);
            }
        } catch (SQLException | RuntimeException failure) {
            disconnects.addAll(writes);
            throw failure;
        }
        disconnects.addAll(locked);
        return !locked.isEmpty();
    }

    /** Tells who waits to come back later; all else stays. */
    void refuseCallers() {
        urgent.drainPermits();
        for (HeartbeatWrite write = connects.poll(); write != null; write = connects.poll()) {
            refuse(write, Problems.unavailable());
        }
        disconnects.removeIf(write -> {
            refuse(write, Problems.unavailable());
            return write.caller() != null;
        });
    }

    private List<HeartbeatWrite> takeHeartbeats() {
        List<HeartbeatWrite> taken = new ArrayList<>();
        Set<String> connecting = new HashSet<>();
        List<HeartbeatWrite> later = new ArrayList<>();
        for (HeartbeatWrite write = connects.poll(); write != null; write = connects.poll()) {
            if (!write.isAsked() || write.caller().stillWaits()) {
                // A statement changes a row once: a machine's second write goes with the next.
                (connecting.add(write.entry().machineId) ? taken : later).add(write);
            }
        }
        List<PresenceEntry> again = new ArrayList<>();
        for (PresenceEntry entry = heartbeats.poll(); entry != null; entry = heartbeats.poll()) {
            if (connecting.contains(entry.machineId)) {
                again.add(entry);
            } else {
                taken.add(entry.takeHeartbeat());
            }
        }
        heartbeats.addAll(again);
        later.forEach(this::connect);
        return taken;
    }

    private List<DisconnectWrite> takeDisconnects() {
        List<DisconnectWrite> taken = new ArrayList<>();
        Set<String> leaving = new HashSet<>();
        List<DisconnectWrite> later = new ArrayList<>();
        for (DisconnectWrite write = disconnects.poll(); write != null; write = disconnects.poll()) {
            if (write.caller() == null || write.caller().stillWaits()) {
                (leaving.add(write.entry().machineId) ? taken : later).add(write);
            }
        }
        later.forEach(this::disconnect);
        return taken;
    }

    private void keep(HeartbeatWrite write) {
        if (write.isAsked()) {
            if (!write.answer().isDone()) {
                connects.add(write);
            }
            return;
        }
        write.entry().restore(write);
        if (write.entry().waiting.compareAndSet(false, true)) {
            heartbeats.add(write.entry());
        }
    }

    private static void refuse(HeartbeatWrite write, Exception reason) {
        if (write.isAsked()) {
            write.caller().refuse(reason);
        }
    }

    private static void refuse(DisconnectWrite write, Exception reason) {
        if (write.caller() != null) {
            write.caller().refuse(reason);
        }
    }
}
