package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.machineregistry.database.Batches;
import org.machineregistry.http.Problems;

/** Gathers what is written at once, because somebody may wait for it. It is filled by many threads, and emptied by one. */
abstract class RefusableQueue<T extends Refusable> extends WriteQueue {
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();

    void add(T write) {
        waiting.add(write);
        hurry();
    }

    abstract Settlement<T> execute(Connection connection, List<T> writes, long now) throws SQLException;

    @Override
    boolean writeAll(Batches batches) throws SQLException {
        List<T> writes = take();
        if (writes.isEmpty()) {
            return true;
        }
        List<T> locked = new ArrayList<>();
        try {
            batches.write(writes, (connection, rows, now) -> {
                Settlement<T> settlement = execute(connection, rows, now);
                return () -> locked.addAll(settlement.settle());
            }, Refusable::refuse);
        } catch (SQLException | RuntimeException failure) {
            // Writes of an earlier batch are answered, and say nothing new.
            writes.stream().filter(write -> !write.isAnswered()).forEach(waiting::add);
            throw failure;
        }
        waiting.addAll(locked);
        return locked.isEmpty();
    }

    /**
     * A statement changes a row once: a machine's second write goes with the next. Those that nobody waits for are as many as a machine
     * likes to cause: of each kind one is kept, or a single machine would hold up all others, and fill the memory.
     */
    private List<T> take() {
        List<T> taken = new ArrayList<>();
        Map<Object, T> later = new LinkedHashMap<>();
        Set<String> machines = new HashSet<>();
        for (T write = waiting.poll(); write != null; write = waiting.poll()) {
            if (!write.isWaitedFor() || write.caller().stillWaits()) {
                if (machines.add(write.entry().machineId)) {
                    taken.add(write);
                } else {
                    Object key = write.isWaitedFor() ? write.caller() : write.subject();
                    // One whose row was locked stands behind those that came meanwhile.
                    later.merge(key, write, (one, other) -> one.at() - other.at() > 0 ? one : other);
                }
            }
        }
        if (!later.isEmpty()) {
            waiting.addAll(later.values());
            hurry();
        }
        return taken;
    }

    @Override
    void refuseCallers() {
        waiting.removeIf(write -> {
            write.refuse(Problems.unavailable());
            return write.isWaitedFor();
        });
    }
}
