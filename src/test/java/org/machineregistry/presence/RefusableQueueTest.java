package org.machineregistry.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.machineregistry.database.Batches;
import org.machineregistry.database.Transactions;
import org.machineregistry.machine.OfflineReason;

class RefusableQueueTest {
    private final PresenceEntry machine = new PresenceEntry("machine");
    private final List<Long> written = new ArrayList<>();
    private final RefusableQueue<DisconnectWrite> queue = new RefusableQueue<>() {
        @Override
        Settlement<DisconnectWrite> execute(Connection connection, List<DisconnectWrite> writes, long now) {
            writes.forEach(write -> written.add(write.at()));
            return List::of;
        }
    };
    private final Batches batches = new Batches(new Transactions() {
        @Override
        public <R> R inTransaction(Work<R> work) throws SQLException {
            return work.with(null);
        }
    });

    @Test
    void of_what_one_machine_says_again_and_again_the_first_and_the_last_are_written() throws SQLException {
        for (long at = 0; at < 1_000; at++) {
            queue.add(goodbye(at, 7, null));
        }
        queue.add(goodbye(1_000, 8, null));

        writeAll();

        assertThat(written).containsExactly(0L, 999L, 1_000L);
    }

    @Test
    void whoever_waits_for_an_answer_is_written() throws SQLException {
        for (long at = 0; at < 10; at++) {
            queue.add(goodbye(at, Presence.NO_SOCKET, Caller.asking(() -> true)));
        }

        writeAll();

        assertThat(written).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    private DisconnectWrite goodbye(long at, long connection, Caller<Void> caller) {
        return new DisconnectWrite(machine, at, connection, AgentInstance.UNSAID, OfflineReason.DISCONNECTED, caller);
    }

    private void writeAll() throws SQLException {
        int before = -1;
        while (before < written.size()) {
            before = written.size();
            queue.writeAll(batches);
        }
    }
}
