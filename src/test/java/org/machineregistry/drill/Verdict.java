package org.machineregistry.drill;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one drill showed.
 *
 * @param created how many creations were acknowledged
 * @param lost those of them that are gone
 * @param recoveryMillis from the fault's end until both replicas changed something again; -1 where nothing broke
 * @param sightings how much of what was shown was held against the oracle
 * @param longestPause of the harness itself
 */
record Verdict(String drill, List<Lie> lies, int created, List<String> lost, long recoveryMillis, long sightings,
        long longestPause) {

    /** Says that nothing can be said. */
    static Verdict brokenOff(String drill, Exception failure) {
        Lie lie = new Lie(Lie.Kind.BROKEN_OFF, drill, "drill", 0, String.valueOf(failure));
        return new Verdict(drill, List.of(lie), 0, List.of(), -1, 0, 0);
    }

    boolean isPassed() {
        return lies.isEmpty() && lost.isEmpty() && sightings > 0 && recoveryMillis < Timeline.NEVER / 2;
    }

    /** How many machines or watchers are lied about in which way, and for how long at worst. */
    String liesByKind() {
        Map<Lie.Kind, List<Lie>> kinds = lies.stream()
                .collect(Collectors.groupingBy(Lie::kind, TreeMap::new, Collectors.toList()));
        return kinds.isEmpty()
                ? "none"
                : kinds.entrySet().stream()
                        .map(entry -> text(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String text(Lie.Kind kind, List<Lie> ofKind) {
        long subjects = ofKind.stream().map(Lie::subject).distinct().count();
        long worst = ofKind.stream().mapToLong(Lie::millis).max().orElse(0);
        return kind + " " + subjects + (worst == 0 ? "" : " (worst " + seconds(worst) + ")");
    }

    String recovery() {
        return recoveryMillis < 0 ? "-" : seconds(recoveryMillis);
    }

    private static String seconds(long millis) {
        return millis >= Timeline.NEVER / 2 ? "never" : String.format("%.1f s", millis / 1_000.0);
    }

    String line() {
        return String.format(
                "%s %s: lies %s; creations lost %d of %d; recovered in %s; %d sightings, harness paused %d ms",
                isPassed() ? "passed" : "FAILED", drill, liesByKind(), lost.size(), created, recovery(), sightings,
                longestPause);
    }

    /** The worst first. */
    List<Lie> worst() {
        return lies.stream().sorted(Comparator.comparingLong(Lie::millis).reversed()).toList();
    }
}
