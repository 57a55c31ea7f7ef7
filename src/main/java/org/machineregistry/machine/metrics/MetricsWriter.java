package org.machineregistry.machine.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.machineregistry.response.BodyTooLargeException;
import org.machineregistry.response.PieceOutput;

/**
 * Writes machines in the text format of OpenMetrics 1.0, which readers of Prometheus' own text format understand as well: each metric
 * with the samples of all machines, so that there are as many texts as metrics while rows are read.
 * https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
final class MetricsWriter {
    private static final double MILLIS_OF_A_SECOND = 1_000;
    private static final int METRICS = 3;

    private final PieceOutput online;
    private final PieceOutput lastSeen;
    private final PieceOutput changes;

    /** @param largest how many bytes it may have */
    MetricsWriter(long largest) throws BodyTooLargeException {
        online = new PieceOutput(largest / METRICS);
        lastSeen = new PieceOutput(largest / METRICS);
        changes = new PieceOutput(largest / METRICS);
        write(online, """
                # TYPE machine_online gauge
                # HELP machine_online Whether the machine is online.
                """);
        write(lastSeen, """
                # TYPE machine_last_seen_seconds gauge
                # UNIT machine_last_seen_seconds seconds
                # HELP machine_last_seen_seconds When the machine was last heard, in seconds since the epoch.
                """);
        write(changes, """
                # TYPE machine_status_changes counter
                # HELP machine_status_changes How often the machine went online or offline.
                """);
    }

    /** @param statusChanges how often its status has changed */
    record Sample(String machineId, String name, String owner, boolean online, long lastSeenMillis,
            long statusChanges) {}

    /** @throws BodyTooLargeException where it becomes larger than it may be */
    void add(Sample machine) throws BodyTooLargeException {
        String labels = "{machine_id=\"" + escaped(machine.machineId()) + "\",name=\"" + escaped(machine.name())
                + "\",owner=\"" + escaped(machine.owner()) + "\"} ";
        write(online, "machine_online" + labels + (machine.online() ? "1\n" : "0\n"));
        write(lastSeen, "machine_last_seen_seconds" + labels + machine.lastSeenMillis() / MILLIS_OF_A_SECOND + "\n");
        write(changes, "machine_status_changes_total" + labels + machine.statusChanges() + "\n");
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static void write(PieceOutput output, String text) throws BodyTooLargeException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
    }

    /** All of it. To be called once, at the end. */
    List<byte[]> pieces() throws IOException {
        write(changes, "# EOF\n");
        List<byte[]> pieces = new ArrayList<>(online.pieces());
        pieces.addAll(lastSeen.pieces());
        pieces.addAll(changes.pieces());
        return pieces;
    }

    long size() {
        return online.size() + lastSeen.size() + changes.size();
    }
}
