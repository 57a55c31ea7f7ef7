package org.machineregistry.drill;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The verdicts as Markdown, a line for each drill, however often it was run. */
final class VerdictTable {
    private VerdictTable() {}

    static String of(List<Drill> drills, List<Verdict> verdicts) {
        return "| drill | what happens | passed | lies | creations lost | recovered in, at worst |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + drills.stream().distinct().map(drill -> line(drill, verdicts.stream()
                        .filter(verdict -> verdict.drill().equals(drill.name())).toList()))
                        .collect(Collectors.joining("\n"));
    }

    private static String line(Drill drill, List<Verdict> verdicts) {
        String lies = verdicts.stream().map(Verdict::liesByKind).filter(kinds -> !kinds.equals("none"))
                .collect(Collectors.joining("; "));
        Verdict slowest = verdicts.stream().max(Comparator.comparingLong(Verdict::recoveryMillis)).orElseThrow();
        return String.format("| %s | %s | %d of %d | %s | %d of %d | %s |", drill.name(), drill.what(),
                verdicts.stream().filter(Verdict::isPassed).count(), verdicts.size(), lies.isEmpty() ? "0" : lies,
                verdicts.stream().mapToInt(verdict -> verdict.lost().size()).sum(),
                verdicts.stream().mapToInt(Verdict::created).sum(), slowest.recovery());
    }
}
