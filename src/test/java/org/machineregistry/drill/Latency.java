package org.machineregistry.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.machineregistry.drill.DrillSite.Clocks;
import org.machineregistry.drill.Fact.Kind;

/** How late what is seen, at the other replica, where nothing breaks: a Markdown table. */
final class Latency {
    private static final int MACHINES = 200;
    private static final int STARTS_WITHIN = 8_000;
    private static final long AT_MOST = 60_000;
    /** It connects, and does not beat again. */
    private static final long LONG_ENOUGH = 1_000;

    private record Measure(String what, long[] millis) {
        String line() {
            long[] sorted = millis.clone();
            Arrays.sort(sorted);
            return String.format("| %s | %s | %s | %s | %d |", what, seconds(at(sorted, 50)), seconds(at(sorted, 99)),
                    seconds(sorted[sorted.length - 1]), sorted.length);
        }

        private static long at(long[] sorted, int percent) {
            return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
        }

        private static String seconds(long millis) {
            return String.format("%.2f s", millis / 1_000.0);
        }
    }

    private Latency() {}

    static void measure() throws Exception {
        try (DrillSite site = new DrillSite(Clocks.TRUE)) {
            List<Measure> measures = List.of(
                    http(site, "connect to the online event", State.ONLINE, agent -> agent.present(LONG_ENOUGH)),
                    http(site, "goodbye to the offline event", State.DISCONNECTED,
                            agent -> agent.present(LONG_ENOUGH).thenCompose(done -> agent.leave())),
                    broken(site),
                    http(site, "last heartbeat to the offline event", State.MISSED_HEARTBEATS,
                            agent -> agent.present(LONG_ENOUGH)));
            System.out.println(
                    "| from what happens to what the other replica's stream shows | p50 | p99 | worst | machines |"
                            + "\n| --- | --- | --- | --- | --- |");
            measures.forEach(measure -> System.out.println(measure.line()));
        }
    }

    private static Measure http(DrillSite site, String what, State shown,
            Function<HttpAgent, CompletableFuture<Void>> script) {
        try (Scene scene = new Scene(site)) {
            List<HttpAgent> agents = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                agents.add(scene.http(what, site.a));
            }
            return measure(scene, what, shown, shown == State.DISCONNECTED ? Kind.GOODBYE : Kind.SIGN,
                    () -> agents.forEach(agent -> agent.start(agent,
                            machine -> script.apply(machine).thenCompose(done -> machine.away(AT_MOST)), someTime())));
        }
    }

    private static Measure broken(DrillSite site) {
        String what = "broken socket to the offline event";
        try (Scene scene = new Scene(site)) {
            List<SocketAgent> agents = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                agents.add(scene.socket(what, site.a));
            }
            return measure(scene, what, State.CONNECTION_LOST, Kind.BREAK,
                    () -> agents.forEach(agent -> agent.start(agent, machine -> machine.present(LONG_ENOUGH)
                            .thenCompose(done -> machine.breakOff())
                            .thenCompose(done -> machine.away(AT_MOST)), someTime())));
        }
    }

    /** From the last fact of this kind until the stream of the replica that did not hear it shows the state. */
    private static Measure measure(Scene scene, String what, State shown, Kind kind, Runnable start) {
        Map<String, Long> seen = new ConcurrentHashMap<>();
        scene.watch();
        scene.streams().get(1).tell(event -> event.shown().forEach((id, state) -> {
            if (state == shown) {
                seen.putIfAbsent(id, event.at());
            }
        }));
        start.run();
        Awaitility.await().atMost(Duration.ofMillis(AT_MOST)).until(() -> seen.size() == MACHINES);
        return new Measure(what, scene.logs(what).stream().mapToLong(log -> {
            Fact fact = log.facts().stream().filter(one -> one.kind == kind).findFirst().orElseThrow();
            return seen.get(log.machine.machineId()) - fact.begun;
        }).toArray());
    }

    private static long someTime() {
        return ThreadLocalRandom.current().nextInt(STARTS_WITHIN);
    }
}
