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
        int exitCode = 1;
        try {
            exitCode = run(words);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            exitCode = 2;
        } catch (IOException | RuntimeException failure) {
            System.err.println("The drills were broken off: " + failure);
        }
        // Whatever happened: hooks end all that was started.
        System.exit(exitCode);
    }

    private static int run(List<String> words) throws Exception {
        if (words.equals(List.of("latency"))) {
            Latency.measure();
            return 0;
        }
        return new Drills(Arguments.of(words)).run() ? 0 : 1;
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
        Verdict verdict = verdict(drill, time);
        verdicts.add(verdict);
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + verdict.line());
        if (!verdict.isPassed()) {
            // What one drill broke is not the next one's fault.
            closeSite();
        }
    }

    private Verdict verdict(Drill drill, int time) throws InterruptedException {
        try {
            useSite(drill);
            Verdict verdict = play(drill);
            report(verdict, time);
            return verdict;
        } catch (InterruptedException stopping) {
            throw stopping;
        } catch (Exception failure) {
            System.err.println(drill.name() + " was broken off: " + failure);
            return Verdict.brokenOff(drill.name(), failure);
        }
    }

    private Verdict play(Drill drill) throws Exception {
        try (Scene scene = new Scene(site)) {
            drill.course().run(scene, arguments.scale());
            scene.finish();
            site.mend();
            return scene.judge(drill.name());
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
