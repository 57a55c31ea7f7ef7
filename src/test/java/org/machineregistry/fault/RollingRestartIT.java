package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.fault.SocketMachine.Closed;
import org.machineregistry.proxy.FrontProxy;

/**
 * Two replicas behind nginx and behind HAProxy, each with its configuration of {@code docs/proxies.md}, are stopped without a warning and
 * started, one after the other.
 */
@ExtendWith(Site.Extension.class)
class RollingRestartIT {
    /** A machine whose socket was sent away is shown offline where it is not back by then. */
    private static final long OPENS_WITHIN_MILLIS = 5_000;

    private static final Duration PROXIES_SEE_IT_WITHIN = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @BeforeAll
    static void requirePrograms() {
        assumeTrue(FrontProxy.canStart(), "nginx, haproxy or openssl is not installed");
    }

    @Test
    void a_rolling_restart_behind_a_proxy_fails_no_request_and_turns_nobody_offline(Site site) throws Exception {
        try (FrontProxy nginx = new FrontProxy("nginx-replicas");
                FrontProxy haproxy = new FrontProxy("haproxy-replicas")) {
            nginx.startPlain(directory, site.a.port, site.b.port);
            haproxy.startPlain(directory, site.a.port, site.b.port);
            try (Load behindNginx = load(nginx); Load behindHaproxy = load(haproxy)) {
                long stopping = System.nanoTime();
                for (Replica replica : List.of(site.a, site.b)) {
                    assertEquals(0, replica.terminate());
                    replica.start();
                    Api.awaitReady(replica);
                    // Each proxy sends it requests again.
                    Awaitility.await().atMost(Api.PATIENCE)
                            .until(() -> behindNginx.isRegisteringAt(replica)
                                    && behindHaproxy.isRegisteringAt(replica));
                    // As docs/proxies.md has it: all of their processes have seen it by then.
                    Awaitility.await().during(PROXIES_SEE_IT_WITHIN).atMost(Api.PATIENCE)
                            .until(() -> Api.health(replica, "ready") == 200);
                }
                long took = Figures.millisSince(stopping);

                behindNginx.assertNobodyGoesOffline();
                assertAllWell("nginx", behindNginx, nginx, took);
                assertAllWell("HAProxy", behindHaproxy, haproxy, took);
            }
        }
    }

    private static Load load(FrontProxy proxy) {
        Load load = new Load(proxy);
        load.beatAllTheTime(30, proxy).open(20, proxy).watch(proxy).create(proxy).read(proxy).awaitOnline();
        return load;
    }

    private static void assertAllWell(String name, Load load, FrontProxy proxy, long took) {
        load.stopCreating();
        load.awaitOnline();
        int created = load.assertNothingLost(proxy);
        long slowest = load.sockets.stream().mapToLong(RollingRestartIT::longestBeyondDelay).max().orElseThrow();

        assertEquals(List.of(), load.wentOffline());
        load.lists.forEach(list -> assertTrue(list.opened() > 1, "the stream did not have to come back"));
        assertEquals(0, load.tally.failed(), load.tally + "\n" + proxy.output());
        assertEquals(0, load.tally.unanswered());
        assertTrue(slowest < OPENS_WITHIN_MILLIS, "after " + slowest + " ms");
        Figures.print("rolling restart behind " + name,
                "both replicas in %d ms, %d requests and none failed, %d machines online all the time, %d created and none lost, "
                        + "sockets open again %d ms after their delay or sooner",
                took, load.tally.answered(), load.machines.size(), created, slowest);
    }

    /** How long after its delay a socket was open again, in milliseconds. */
    private static long longestBeyondDelay(SocketMachine machine) {
        List<Closed> closings = machine.closings();
        assertEquals(closings.size() + 1, machine.openings().size(), closings.toString());
        long longest = 0;
        for (int i = 0; i < closings.size(); i++) {
            Closed closed = closings.get(i);
            assertEquals(1001, closed.code(), closings.toString());
            long away = (machine.openings().get(i + 1) - closed.at()) / 1_000_000;
            longest = Math.max(longest, away - closed.delayMillis());
        }
        return longest;
    }
}
