package org.machineregistry.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.database.Batches;
import org.machineregistry.presence.clock.PresenceClock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class HeartbeatQueueTest {
    private final long before = System.nanoTime();
    private final HeartbeatQueue queue = new HeartbeatQueue(new PresenceClock(),
            new PresenceMetrics(new SimpleMeterRegistry()));
    private final long after = System.nanoTime();

    @ParameterizedTest(name = "with a ttl of {0} s, {1} s")
    @CsvSource({"45, 22.5", "90, 45", "2, 4", "8, 4", "9, 4.5"})
    void it_is_behind_when_nothing_was_written_for_half_the_ttl_and_no_less_than_four_seconds(int ttl, double seconds) {
        HeartbeatInterval interval = new HeartbeatInterval(1, ttl);
        long most = (long) (seconds * TimeUnit.SECONDS.toNanos(1));

        assertThat(queue.isBehind(after, interval)).isFalse();
        assertThat(queue.isBehind(before + most, interval)).isFalse();
        assertThat(queue.isBehind(after + most + 1, interval)).isTrue();
    }

    @Test
    void it_is_no_longer_behind_when_there_was_nothing_to_write() throws SQLException {
        HeartbeatInterval interval = new HeartbeatInterval(15, 45);
        long late = after + TimeUnit.SECONDS.toNanos(22) + TimeUnit.MILLISECONDS.toNanos(500);

        queue.writeAll(new Batches(null));

        assertThat(queue.isBehind(late, interval)).isFalse();
    }
}
