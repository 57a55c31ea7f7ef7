package org.machineregistry.presence.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseDetectorTest {
    private static final long START = -7;

    private final PauseDetector pauses = new PauseDetector(START);

    @Test
    void what_is_read_while_nothing_stands_still_was_sent_then() {
        for (long now = 0; now <= 2_000; now += 50) {
            pauses.tick(at(now));
        }

        assertThat(pauses.sentAtEarliest(at(2_010))).isEqualTo(at(2_010));
        assertThat(pauses.isWaking(at(2_010))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1500, 500", "5000, 500", "20000, 2000", "60000, 3000"})
    void what_is_read_after_a_pause_may_have_waited_through_it_the_longer_the_longer_it_was(long pause, long settles) {
        pauses.tick(at(100));
        pauses.tick(at(100 + pause));
        long woke = 100 + pause;
        for (long passed = 50; passed < settles; passed += 50) {
            pauses.tick(at(woke + passed));
        }

        assertThat(pauses.sentAtEarliest(at(woke + settles - 1))).isEqualTo(at(100));
        assertThat(pauses.sentAtEarliest(at(woke + settles))).isEqualTo(at(woke + settles));
        assertThat(pauses.isWaking(at(woke + settles - 1))).isEqualTo(pause > 2_000);
        assertThat(pauses.isWaking(at(woke + settles))).isFalse();
    }

    @Test
    void a_pause_counts_before_it_was_noticed() {
        pauses.tick(at(100));

        assertThat(pauses.sentAtEarliest(at(5_000))).isEqualTo(at(100));
        assertThat(pauses.isWaking(at(5_000))).isTrue();
    }

    private static long at(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
