package org.machineregistry.machine.list;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a list as CSV (RFC 4180): a line of names, then a line for each machine, times as numbers and labels as a JSON object. A
 * cell that a spreadsheet would take for a formula has an apostrophe before it, which spreadsheets do not show; ids of machines and owners
 * have none, also those that begin with a hyphen: programs look machines and people up by them.
 */
final class CsvWriter implements EntryWriter {
    private static final String NAMES = "machineId,name,status,statusSince,lastSeen,assistantCount,offlineReason,owner,labels,"
            + "removedAt,sharedBy,agentVersion,alertAfterSeconds\r\n";
    // The characters that OWASP lists: https://owasp.org/www-community/attacks/CSV_Injection
    private static final String BEGINNINGS_OF_FORMULAS = "=+-@\t\r\n";
    // A formula of these characters alone calls nothing and links to nothing.
    private static final Pattern HARMLESS_ID = Pattern.compile("[A-Za-z0-9_-]+");

    private final OutputStream output;

    CsvWriter(OutputStream output) throws IOException {
        this.output = output;
        output.write(NAMES.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(MachineView machine) throws IOException {
        List<String> sharedBy = machine.sharedBy() == null ? List.of() : machine.sharedBy();
        String line = Stream.of(id(machine.machineId()), cell(machine.name()), machine.status().label,
                String.valueOf(machine.statusSince()), String.valueOf(machine.lastSeen()),
                String.valueOf(machine.assistantCount()),
                machine.offlineReason() == null ? "" : machine.offlineReason().label, id(machine.owner()),
                cell(machine.labels()), machine.removedAt() == null ? "" : String.valueOf(machine.removedAt()),
                cell(String.join(" ", sharedBy)), cell(machine.agentVersion() == null ? "" : machine.agentVersion()),
                machine.alertAfterSeconds() == null ? "" : String.valueOf(machine.alertAfterSeconds()))
                .collect(Collectors.joining(",", "", "\r\n"));
        output.write(line.getBytes(StandardCharsets.UTF_8));
    }

    /** Providers name people as they like: an id that holds more than the service's own ids do is a text like any other. */
    static String id(String id) {
        return HARMLESS_ID.matcher(id).matches() ? id : cell(id);
    }

    static String cell(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String harmless = BEGINNINGS_OF_FORMULAS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return harmless.chars().anyMatch(CsvWriter::needsQuotes)
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }

    private static boolean needsQuotes(int character) {
        return character == '"' || character == ',' || character == '\r' || character == '\n';
    }

    @Override
    public void close() {
        // There is nothing after the last line.
    }
}
