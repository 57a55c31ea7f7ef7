package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The leader of a PostgreSQL under Patroni is killed, or hands over, while machines beat and others are registered. */
class FailoverIT {
    private static final int TIMES = Integer.getInteger("failover.times", 1);
    private static FailoverSite site;

    /** What those who look for the reason of a failure need. */
    @RegisterExtension
    static final AfterTestExecutionCallback ON_FAILURE = test -> {
        if (test.getExecutionException().isPresent()) {
            System.out.println(site.output());
        }
    };

    static IntStream times() {
        return IntStream.rangeClosed(1, TIMES);
    }

    @BeforeAll
    static void start_a_cluster() throws IOException, InterruptedException {
        assumeTrue(PatroniCluster.canStart(), "patroni, etcd, haproxy or the server of a PostgreSQL is not installed");
        site = new FailoverSite();
    }

    @AfterAll
    static void stop_the_cluster() throws IOException, InterruptedException {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void everything_runs() {
        site.mend();
    }

    @ParameterizedTest
    @MethodSource("times")
    void nothing_acknowledged_is_lost_and_nobody_goes_offline_when_the_leader_is_killed(int time) throws Exception {
        try (Load list = new Load(site.byList); Load proxy = new Load(site.byProxy)) {
            begin(list, proxy);

            PatroniNode killed = site.cluster.leader();
            long down = System.nanoTime();
            killed.kill();
            Awaitility.await().atMost(Api.PATIENCE)
                    .until(() -> isRefused(site.byList, list) && isRefused(site.byProxy, proxy));
            int before = list.createdSoFar() + proxy.createdSoFar();
            site.cluster.awaitLeader(site.cluster.other(killed));
            long promoted = System.nanoTime();
            Returned returned = Returned.since(promoted, list, proxy);
            list.assertNobodyGoesOffline();
            killed.start();
            site.cluster.mend();
            long whole = Figures.millisSince(promoted);
            int created = assertNobodyNoticed(list, proxy);

            assertTrue(promoted - down > Duration.ofSeconds(Site.TTL_SECONDS).toNanos());
            assertTrue(created > before);
            Figures.print("leader of PostgreSQL killed under Patroni (" + time + ")",
                    "without a leader for %d ms, %s, killed one is synchronous standby after %d ms, "
                            + "%d machines online all the time, %d created (%d of them before) and none lost, answers %s and %s",
                    (promoted - down) / 1_000_000, returned, whole, list.machines.size() + proxy.machines.size(),
                    created, before, list.tally, proxy.tally);
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void nothing_acknowledged_is_lost_and_nobody_goes_offline_when_the_leader_hands_over(int time) throws Exception {
        try (Load list = new Load(site.byList); Load proxy = new Load(site.byProxy)) {
            begin(list, proxy);

            PatroniNode next = site.cluster.other(site.cluster.leader());
            long asked = System.nanoTime();
            site.cluster.switchOver();
            site.cluster.awaitLeader(next);
            long promoted = System.nanoTime();
            Returned returned = Returned.since(promoted, list, proxy);
            int created = assertNobodyNoticed(list, proxy);

            Figures.print("leader of PostgreSQL handed over under Patroni (" + time + ")",
                    "in %d ms, %s, %d machines online all the time, %d created and none lost, answers %s and %s",
                    (promoted - asked) / 1_000_000, returned, list.machines.size() + proxy.machines.size(), created,
                    list.tally, proxy.tally);
        }
    }

    private static void begin(Load list, Load proxy) {
        list.beat(50, site.byList, site.byProxy).open(50, site.byList, site.byProxy).watch(site.byList, site.byProxy)
                .create(site.byList).awaitOnline();
        proxy.beat(50, site.byProxy, site.byList).watch(site.byProxy).create(site.byProxy).awaitOnline();
    }

    private static boolean isRefused(Replica replica, Load load) {
        return Api.health(replica, "ready") == 503 && load.tally.of(503) > 0;
    }

    /** @return how many were created */
    private static int assertNobodyNoticed(Load list, Load proxy) {
        list.assertNobodyGoesOffline();
        assertEquals(List.of(), proxy.wentOffline());
        list.stopCreating();
        proxy.stopCreating();
        int created = list.assertNothingLost(site.byProxy) + proxy.assertNothingLost(site.byList);
        for (Load load : List.of(list, proxy)) {
            assertEquals(List.of(), load.tally.wrong());
            assertEquals(0, load.tally.unanswered());
        }
        return created;
    }

    /** After how many milliseconds each replica created machines again, and both were ready. */
    private record Returned(long list, long proxy, long ready) {
        static Returned since(long promoted, Load list, Load proxy) {
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> creating(promoted, proxy));
            long first = creating(promoted, list);
            long second = other.join();
            Api.awaitReady(site.byList);
            Api.awaitReady(site.byProxy);
            return new Returned(first, second, Figures.millisSince(promoted));
        }

        private static long creating(long promoted, Load load) {
            load.awaitCreations();
            return Figures.millisSince(promoted);
        }

        @Override
        public String toString() {
            return "creations again " + list + " ms later by a list of servers and " + proxy
                    + " ms later by HAProxy, both ready after " + ready + " ms";
        }
    }
}
