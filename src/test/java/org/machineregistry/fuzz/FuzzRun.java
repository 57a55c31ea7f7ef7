package org.machineregistry.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.machineregistry.attack.AttackedService;

/**
 * A run of the fuzzer against a service of its own: two halves, so that what the first leaves behind, such as full caches, is not taken
 * for what grows without end.
 *
 * <p>{@code -Dfuzz.seed} repeats one, {@code -Dfuzz.from} and {@code -Dfuzz.count} a part of it, {@code -Dfuzz.seconds} says how long
 * it is.
 */
final class FuzzRun {
    /** As many as there is time for. */
    static final long ENDLESS = Long.MAX_VALUE;

    private static final int SECONDS = 40;
    private static final int LONGEST_SECONDS = 3_600;
    private static final double MOST_GROWTH = 8;
    private static final Duration LONGEST = Duration.ofMillis(100);
    private static final Duration UNTIL_CALM = Duration.ofSeconds(30);
    // Or else people would have thousands of machines, and long lists, after a while. The limits of time are longer than a machine that is
    // busy with all this lets anybody wait.
    private static final Map<String, String> SETTINGS = Map.of("machines.quota", "300", "connections.request-timeout",
            "15s",
            "connections.idle-timeout", "20s");

    final long seed = Long.getLong("fuzz.seed", System.nanoTime() & 0xFFFFFF);
    private final long count;
    private final Duration time;
    private final List<String> faults = new ArrayList<>();

    FuzzRun(long count) {
        this.count = Long.getLong("fuzz.count", count);
        time = Duration.ofSeconds(Long.getLong("fuzz.seconds", this.count == ENDLESS ? SECONDS : LONGEST_SECONDS));
    }

    /** @return what is wrong */
    List<String> run() throws Exception {
        System.out.println("FUZZ with seed " + seed + ": -Dfuzz.seed=" + seed + " repeats it");
        long begun = System.nanoTime();
        try (AttackedService service = AttackedService.start(SETTINGS)) {
            Fuzzer fuzzer = new Fuzzer(service, seed, Long.getLong("fuzz.from", 0));
            HeapProbe heap = new HeapProbe(service);
            int logged = service.logged();
            Duration usual = new HonestCaller(service).slowest();
            double before = heap.kept();
            fuzzer.run(time.dividedBy(2), count / 2);
            double between = heap.kept();
            fuzzer.run(time.dividedBy(2), count - count / 2);
            double after = heap.kept();
            System.out.printf("FUZZ %d shots in %d s: %s%n", fuzzer.fired(),
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds(), fuzzer.tally());
            System.out.printf("FUZZ heap kept: %.1f MiB before, %.1f MiB between, %.1f MiB after%n", before, between,
                    after);
            fuzzer.oddities().forEach(oddity -> System.out.println("FUZZ found: " + oddity));
            faults.addAll(fuzzer.faults());
            if (count != ENDLESS && fuzzer.fired() < count) {
                faults.add("there was time for " + fuzzer.fired() + " of " + count + " shots");
            }
            if (heap.isExact() && after - between > MOST_GROWTH) {
                faults.add("the second half keeps " + (after - between) + " MiB more");
            }
            checkService(service, usual);
            ServiceLog log = new ServiceLog(service.replica.output().substring(logged));
            System.out.println("FUZZ log: " + log);
            log.oddities().forEach(oddity -> System.out.println("FUZZ log: " + oddity));
            faults.addAll(log.faults(Duration.ofNanos(System.nanoTime() - begun).toMinutes(), fuzzer.fired()));
        }
        return faults;
    }

    private void checkService(AttackedService service, Duration usual) throws Exception {
        if (!service.replica.isRunning()) {
            faults.add("the service has ended");
            return;
        }
        HonestCaller honest = new HonestCaller(service);
        long end = System.nanoTime() + UNTIL_CALM.toNanos();
        Duration slowest = honest.slowest();
        while (slowest.compareTo(longest(usual)) > 0 && System.nanoTime() < end) {
            slowest = honest.slowest();
        }
        System.out.printf("FUZZ p99 of lists and heartbeats: %d ms before, %d ms afterwards%n", usual.toMillis(),
                slowest.toMillis());
        if (slowest.compareTo(longest(usual)) > 0) {
            faults.add("lists and heartbeats take " + slowest);
        }
    }

    /** On a machine with other work nothing is fast, before or after. */
    private static Duration longest(Duration usual) {
        Duration twice = usual.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? twice : LONGEST;
    }
}
