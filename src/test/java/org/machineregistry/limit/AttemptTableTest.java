package org.machineregistry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class AttemptTableTest {
    private static final int MOST = 3;

    // Near the end of the range, as System.nanoTime() may be.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final AttemptTable table = new AttemptTable(MOST, 2, now::get);

    @Test
    void as_many_attempts_as_allowed_pass_and_then_none() {
        reachLimit(7);

        assertThat(table.add(7)).isFalse();
        assertThat(table.secondsToWait(7)).isEqualTo(60);
    }

    @Test
    void others_are_not_touched() {
        reachLimit(7);

        assertThat(table.secondsToWait(8)).isZero();
        assertThat(table.add(8)).isTrue();
    }

    @Test
    void the_minute_begins_with_the_first_attempt_and_is_over_for_all_of_them() {
        table.add(7);
        pass(59);
        table.add(7);
        table.add(7);
        assertThat(table.secondsToWait(7)).isEqualTo(1);

        pass(1);

        assertThat(table.secondsToWait(7)).isZero();
        assertThat(table.isIdle()).isTrue();
        reachLimit(7);
    }

    @Test
    void attempts_while_one_waits_do_not_make_the_wait_longer() {
        reachLimit(7);
        pass(30);

        assertThat(table.add(7)).isFalse();

        assertThat(table.secondsToWait(7)).isEqualTo(30);
    }

    @Test
    void it_is_idle_until_somebody_reaches_the_limit() {
        table.add(7);
        table.add(7);
        assertThat(table.isIdle()).isTrue();

        table.add(7);

        assertThat(table.isIdle()).isFalse();
    }

    @Test
    void nobody_gets_rid_of_a_high_count_by_many_low_ones() {
        reachLimit(7);

        LongStream.range(100, 100_000).forEach(table::add);

        assertThat(table.add(7)).isFalse();
        assertThat(table.secondsToWait(7)).isEqualTo(60);
    }

    @Test
    void attempts_of_a_minute_ago_make_room() {
        LongStream.range(100, 200).forEach(this::reachOrLose);
        pass(60);

        reachLimit(7);

        assertThat(table.add(7)).isFalse();
    }

    private void reachOrLose(long key) {
        for (int i = 0; i < MOST; i++) {
            table.add(key);
        }
    }

    private void reachLimit(long key) {
        for (int i = 0; i < MOST; i++) {
            assertThat(table.add(key)).isTrue();
        }
    }

    private void pass(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
