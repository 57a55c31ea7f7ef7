package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.machineregistry.database.Batches;
import org.machineregistry.presence.clock.PresenceClock;

/** Gathers heartbeats until they are written, all together. It is filled by many threads, and emptied by one. */
@Singleton
public class HeartbeatQueue extends WriteQueue {
    private static final int PARTS_OF_TTL = 2;
    // A batch that waits for a busy host is no batch that cannot be written.
    private static final long SHORTEST_BEHIND = TimeUnit.SECONDS.toNanos(4);

    private final Queue<PresenceEntry> waiting = new ConcurrentLinkedQueue<>();
    private final PresenceClock clock;
    private final PresenceMetrics metrics;
    private volatile long writtenAt = System.nanoTime();

    HeartbeatQueue(PresenceClock clock, PresenceMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /** One that turns a machine online does not wait for the pace. */
    void add(PresenceEntry entry) {
        waiting.add(entry);
        if (!entry.online) {
            hurry();
        }
    }

    @Override
    boolean writeAll(Batches batches) throws SQLException {
        List<HeartbeatWrite> writes = new ArrayList<>();
        for (PresenceEntry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            writes.add(entry.takeHeartbeat());
        }
        if (writes.isEmpty()) {
            writtenAt = System.nanoTime();
            return true;
        }
        List<HeartbeatWrite> locked = new ArrayList<>();
        long started = System.nanoTime();
        try {
            batches.write(writes, (connection, rows, now) -> {
                HeartbeatOutcome outcome = HeartbeatStatement.execute(connection, rows, clock, now);
                return () -> locked.addAll(outcome.settle());
            }, (write, failure) -> {
                // The log has it, and the next heartbeat comes.
            });
        } catch (SQLException | RuntimeException failure) {
            writes.forEach(this::keep);
            throw failure;
        }
        writtenAt = System.nanoTime();
        metrics.wrote(writes.size(), System.nanoTime() - started);
        locked.forEach(this::keep);
        return locked.isEmpty();
    }

    /**
     * Whether nothing could be written for so long that machines have to be heard elsewhere, or another replica would find them
     * silent.
     *
     * @param now of {@link System#nanoTime()}
     * @param interval what machines are told now
     */
    boolean isBehind(long now, HeartbeatInterval interval) {
        long most = TimeUnit.SECONDS.toNanos(interval.ttlSeconds()) / PARTS_OF_TTL;
        return now - writtenAt > Math.max(SHORTEST_BEHIND, most);
    }

    @Override
    void refuseCallers() {
        // Nobody waits for a heartbeat to be written.
    }

    private void keep(HeartbeatWrite write) {
        write.entry().restore(write);
        if (write.entry().waiting.compareAndSet(false, true)) {
            waiting.add(write.entry());
        }
    }
}
