package org.machineregistry.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What may stand in the log after hostile requests: nothing but one summary a minute of each kind, and what people have done, of
 * which there are no more lines than docs/security.md says.
 */
final class ServiceLog {
    private static final Predicate<String> SUMMARY = Pattern.compile(" (INFO|WARN) .*In the last minute").asPredicate();
    private static final int KINDS_OF_SUMMARY = 3;
    private static final Predicate<String> DONE = Pattern
            .compile(
                    " INFO +\\[audit\\].* ((token_rotated|token_revoked|machine_(registered|renamed|labelled|handed_over|left|expired|deleted)) machine=\\S+"
                            + "|machine_enrolled machine=\\S+ key=\\S+|enrolment_key_(made|revoked) key=\\S+"
                            + "|machine(s_changed|s_deleted|_registered) machines=\\d+ ids=\\S+|api_token_(made|revoked) token=\\S+|recovery_link_made"
                            + "|machines_brought_along machines=\\d+ ids=\\S+ from=\\S+|session_recovered|sessions?_revoked) person=\\S+ address=\\S+$")
            .asPredicate();
    // A machine that is gone or handed over has a line whatever else was written.
    private static final Predicate<String> UNLIMITED = Pattern
            .compile("\\[audit\\].* (machine_(handed_over|left|expired|deleted)|machines_(deleted|brought_along)) ")
            .asPredicate();
    private static final int DONE_A_MINUTE = 600;

    private static final Predicate<String> LEVEL = Pattern.compile(" (INFO|WARN|ERROR|FATAL) ").asPredicate();
    private static final int SHOWN = 12;
    // What the web server's layers log of a client that goes in an odd moment is known by its text alone, and not all of it is: it is
    // printed, and only so much of it that anybody could fill a log with it is a fault.
    private static final int SHOTS_A_LINE = 1_000;

    private final List<String> other = new ArrayList<>();
    private int summaries;
    private int done;
    private int limited;

    ServiceLog(String text) {
        text.lines().forEach(line -> {
            if (SUMMARY.test(line)) {
                summaries++;
            } else if (DONE.test(line)) {
                done++;
                limited += UNLIMITED.test(line) ? 0 : 1;
            } else {
                other.add(line);
            }
        });
    }

    /** @return what should not stand there, each once, with how often it does, and with the beginning of its stack trace */
    List<String> oddities() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : other) {
            if (LEVEL.test(line)) {
                lines = kinds.computeIfAbsent(
                        line.replaceFirst("^[-\\d :,]+", "").replaceAll("\\d+|0x\\p{XDigit}+", "#"),
                        key -> new ArrayList<>());
            }
            lines.add(line);
        }
        List<String> oddities = new ArrayList<>();
        kinds.forEach((kind, all) -> oddities.add(all.stream().filter(LEVEL).count() + " times in the log: "
                + String.join("\n", all.subList(0, Math.min(SHOWN, all.size())))));
        return oddities;
    }

    /** @return what anybody could fill a log with */
    List<String> faults(long minutes, long shots) {
        List<String> faults = new ArrayList<>();
        boolean isFull = other.stream().anyMatch(line -> line.contains("OutOfMemory"));
        if (isFull || other.stream().filter(LEVEL).count() > shots / SHOTS_A_LINE) {
            faults.addAll(oddities());
        }
        if (summaries > KINDS_OF_SUMMARY * (minutes + 1)) {
            faults.add(summaries + " summaries in " + minutes + " minutes");
        }
        if (limited > DONE_A_MINUTE * (minutes + 1)) {
            faults.add(limited + " limited lines of what people did in " + minutes + " minutes");
        }
        return faults;
    }

    @Override
    public String toString() {
        return summaries + " summaries, " + done + " lines of what people did, " + other.size() + " others";
    }
}
