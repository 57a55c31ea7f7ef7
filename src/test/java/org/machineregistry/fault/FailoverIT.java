package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The primary of a PostgreSQL is killed under load, and its synchronous standby takes its place. */
class FailoverIT {
    private static final int TIMES = Integer.getInteger("failover.times", 1);
    /** A standby is promoted as late as this, so that the replicas can write no heartbeat for longer than machines may be silent. */
    private static final Duration WITHOUT_PRIMARY = Duration.ofSeconds(Site.TTL_SECONDS + 2);

    static IntStream times() {
        return IntStream.rangeClosed(1, TIMES);
    }

    @ParameterizedTest
    @MethodSource("times")
    void nothing_acknowledged_is_lost_and_nobody_goes_offline_when_the_standby_takes_over(int time) throws Exception {
        try (FailoverSite site = new FailoverSite(); Load load = new Load(site.a); Load other = new Load(site.b)) {
            load.beat(50, site.a, site.b).open(50, site.a, site.b).watch(site.a, site.b).create(site.a).awaitOnline();
            other.beat(50, site.b, site.a).watch(site.b).create(site.b).awaitOnline();

            long killed = System.nanoTime();
            site.primary.kill();
            Awaitility.await().atMost(WITHOUT_PRIMARY).until(() -> isRefused(site.a, load) && isRefused(site.b, other));
            int before = load.createdSoFar() + other.createdSoFar();
            Awaitility.await().atMost(WITHOUT_PRIMARY.multipliedBy(2))
                    .until(() -> System.nanoTime() - killed > WITHOUT_PRIMARY.toNanos());
            site.standby.promote();
            long promoted = System.nanoTime();
            load.awaitCreations();
            other.awaitCreations();
            long creating = Figures.millisSince(promoted);
            Api.awaitReady(site.a);
            Api.awaitReady(site.b);
            long ready = Figures.millisSince(promoted);
            load.assertNobodyGoesOffline();
            assertEquals(List.of(), other.wentOffline());
            load.stopCreating();
            other.stopCreating();
            int created = load.assertNothingLost(site.b) + other.assertNothingLost(site.a);

            assertEquals(List.of(), load.tally.wrong());
            assertEquals(List.of(), other.tally.wrong());
            assertEquals(0, load.tally.unanswered() + other.tally.unanswered());
            assertTrue(created > before);
            Figures.print("primary of PostgreSQL killed, standby promoted (" + time + ")",
                    "without a primary for %d ms, creations again %d ms after the promotion, ready after %d ms, "
                            + "%d machines online all the time, %d created (%d of them before) and none lost, answers %s and %s",
                    (promoted - killed) / 1_000_000, creating, ready, load.machines.size() + other.machines.size(),
                    created, before, load.tally, other.tally);
        }
    }

    private static boolean isRefused(Replica replica, Load load) {
        return Api.health(replica, "ready") == 503 && load.tally.of(503) > 0;
    }
}
