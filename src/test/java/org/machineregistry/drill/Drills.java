package org.machineregistry.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs drills against the packaged service, and says what each of them showed. */
public final class Drills {
    private static final Path REPORTS = Path.of("target/drill");

    private final Arguments arguments;
    private final List<Verdict> verdicts = new ArrayList<>();
    private DrillSite site;

    private Drills(Arguments arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] given) throws Exception {
        List<String> words = List.of(given);
        if (words.equals(List.of("latency"))) {
            Latency.measure();
            System.exit(0);
        }
        Arguments arguments;
        try {
            arguments = Arguments.of(words);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Drills(arguments).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Files.createDirectories(REPORTS);
        for (int time = 1; time <= arguments.times(); time++) {
            for (Drill drill : arguments.drills()) {
                run(drill, time);
            }
        }
        closeSite();
        if (arguments.isTable()) {
            System.out.println(VerdictTable.of(arguments.drills(), verdicts));
        }
        long passed = verdicts.stream().filter(Verdict::isPassed).count();
        System.out.printf("%d passed, %d failed, 0 skipped%n", passed, verdicts.size() - passed);
        return passed == verdicts.size();
    }

    private void run(Drill drill, int time) throws Exception {
        useSite(drill);
        Verdict verdict;
        try (Scene scene = new Scene(site)) {
            drill.course().run(scene, arguments.scale());
            scene.finish();
            site.mend();
            verdict = scene.judge(drill.name());
        }
        verdicts.add(verdict);
        report(verdict, time);
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + verdict.line());
        if (!verdict.isPassed()) {
            // What one drill broke is not the next one's fault.
            closeSite();
        }
    }

    /** Drills share a site, but for those that step its clocks. */
    private void useSite(Drill drill) throws IOException, InterruptedException {
        if (site != null && (site.clocks != drill.clocks() || drill.clocks() != DrillSite.Clocks.TRUE)) {
            closeSite();
        }
        if (site == null) {
            site = new DrillSite(drill.clocks());
        } else {
            site.mend();
        }
    }

    private void closeSite() throws IOException, InterruptedException {
        if (site != null) {
            site.close();
            site = null;
        }
    }

    private void report(Verdict verdict, int time) throws IOException {
        String lies = verdict.worst().stream().map(Lie::toString).collect(Collectors.joining("\n"));
        Files.writeString(REPORTS.resolve(verdict.drill() + "-" + time + ".txt"), verdict.line() + "\n" + lies
                + "\nlost " + verdict.lost() + "\n--- replica a\n" + site.a.output() + "\n--- replica b\n"
                + site.b.output());
    }
}
