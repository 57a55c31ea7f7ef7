package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.batch.Batches;
import org.machineregistry.problem.Problems;

/**
 * Gathers what is written at once: connects, goodbyes and lost sockets. It is filled by many threads, and emptied by one, which is
 * another than that of the heartbeats, so that who waits for an answer does not wait for those.
 */
@ApplicationScoped
class RequestQueue extends WriteQueue {
    private final Queue<HeartbeatWrite> connects = new ConcurrentLinkedQueue<>();
    private final Queue<DisconnectWrite> disconnects = new ConcurrentLinkedQueue<>();
    private final PresenceClock clock;

    RequestQueue(PresenceClock clock) {
        this.clock = clock;
    }

    void connect(HeartbeatWrite write) {
        connects.add(write);
        hurry();
    }

    void disconnect(DisconnectWrite write) {
        disconnects.add(write);
        hurry();
    }

    @Override
    boolean writeAll(Batches batches) throws SQLException {
        boolean written = writeConnects(batches);
        return writeDisconnects(batches) && written;
    }

    private boolean writeConnects(Batches batches) throws SQLException {
        List<HeartbeatWrite> writes = take(connects, write -> write.entry().machineId,
                write -> !write.isAsked() || write.caller().stillWaits());
        List<HeartbeatWrite> locked = new ArrayList<>();
        write(batches, connects, writes, (connection, rows, now) -> {
            HeartbeatOutcome outcome = HeartbeatStatement.execute(connection, rows, clock, now);
            return () -> locked.addAll(outcome.settle());
        });
        connects.addAll(locked);
        return locked.isEmpty();
    }

    private boolean writeDisconnects(Batches batches) throws SQLException {
        List<DisconnectWrite> writes = take(disconnects, write -> write.entry().machineId,
                write -> write.caller() == null || write.caller().stillWaits());
        List<DisconnectWrite> locked = new ArrayList<>();
        write(batches, disconnects, writes, (connection, rows, now) -> {
            Settlement<DisconnectWrite> settlement = DisconnectStatement.execute(connection, rows, clock, now);
            return () -> locked.addAll(settlement.settle());
        });
        disconnects.addAll(locked);
        return locked.isEmpty();
    }

    private static <T extends Refusable> void write(Batches batches, Queue<T> queue, List<T> writes,
            Batches.Statement<T> statement) throws SQLException {
        if (writes.isEmpty()) {
            return;
        }
        try {
            batches.write(writes, statement, Refusable::refuse);
        } catch (SQLException | RuntimeException failure) {
            // Those of an earlier batch are answered, and say nothing new.
            writes.stream().filter(write -> !write.isAnswered()).forEach(queue::add);
            throw failure;
        }
    }

    /** A statement changes a row once: a machine's second write goes with the next. */
    private <T> List<T> take(Queue<T> queue, Function<T, String> machineId, Predicate<T> stands) {
        List<T> taken = new ArrayList<>();
        List<T> later = new ArrayList<>();
        Set<String> machines = new HashSet<>();
        for (T write = queue.poll(); write != null; write = queue.poll()) {
            if (stands.test(write)) {
                (machines.add(machineId.apply(write)) ? taken : later).add(write);
            }
        }
        if (!later.isEmpty()) {
            queue.addAll(later);
            hurry();
        }
        return taken;
    }

    @Override
    void refuseCallers() {
        connects.removeIf(RequestQueue::refuse);
        disconnects.removeIf(RequestQueue::refuse);
    }

    /** @return whether somebody waited for it */
    private static boolean refuse(Refusable write) {
        write.refuse(Problems.unavailable());
        return write.isWaitedFor();
    }
}
