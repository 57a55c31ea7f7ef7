package org.machineregistry.machine.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class AnonymousShareTest {
    private static final long NETWORK = 1;
    private static final long OTHER_NETWORK = 2;
    private static final long FREE = 10_000;
    private static final int SHARE = 2_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AnonymousShare share = new AnonymousShare(nanos::get);

    @Test
    void a_network_may_take_a_fifth_of_what_is_free_and_others_may_still() {
        assertThat(taken(machines(SHARE + 1, NETWORK, true), FREE)).isEqualTo(SHARE);
        assertThat(taken(machines(1, NETWORK, true), FREE)).isZero();

        assertThat(taken(machines(SHARE, OTHER_NETWORK, true), FREE - SHARE)).isEqualTo(SHARE * 4 / 5);
    }

    @Test
    void the_share_is_of_what_was_free_when_the_day_began() {
        assertThat(taken(machines(SHARE / 2, NETWORK, true), FREE)).isEqualTo(SHARE / 2);

        assertThat(taken(machines(SHARE, NETWORK, true), FREE / 2)).isEqualTo(SHARE / 2);
    }

    @Test
    void a_day_later_it_may_take_a_fifth_of_the_rest() {
        assertThat(taken(machines(SHARE, NETWORK, true), FREE)).isEqualTo(SHARE);

        nanos.addAndGet(Duration.ofDays(1).minusNanos(1).toNanos());
        assertThat(taken(machines(1, NETWORK, true), FREE - SHARE)).isZero();
        nanos.addAndGet(1);

        assertThat(taken(machines(SHARE, NETWORK, true), FREE - SHARE)).isEqualTo(SHARE * 4 / 5);
    }

    @Test
    void a_hundred_are_never_too_many_where_there_is_room() {
        assertThat(taken(machines(101, NETWORK, true), 10)).isEqualTo(AnonymousShare.LEAST);
    }

    @Test
    void what_was_not_registered_takes_nothing() {
        share.admit(machines(SHARE, NETWORK, true), FREE);

        assertThat(taken(machines(SHARE, NETWORK, true), FREE)).isEqualTo(SHARE);
    }

    @Test
    void people_with_an_account_have_no_share_and_take_none() {
        List<NewMachine> both = Stream.concat(machines(SHARE * 2, NETWORK, false).stream(),
                machines(SHARE, NETWORK, true).stream()).toList();

        assertThat(taken(both, FREE)).isEqualTo(SHARE * 3);
    }

    private int taken(List<NewMachine> machines, long free) {
        List<NewMachine> admitted = share.admit(machines, free).get(true);
        share.take(admitted);
        return admitted.size();
    }

    private static List<NewMachine> machines(int count, long network, boolean anonymous) {
        return LongStream.range(0, count)
                .mapToObj(i -> new NewMachine("share-test-" + i, "somebody", anonymous, network, "m", null, null, null,
                        new CompletableFuture<>()))
                .toList();
    }
}
