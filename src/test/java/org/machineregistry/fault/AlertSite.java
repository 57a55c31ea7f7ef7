package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.machineregistry.Ports;
import org.machineregistry.embedded.BreakablePostgres;
import org.machineregistry.fault.User.Registered;

/** A database and two replicas that send alerts. */
final class AlertSite implements AutoCloseable {
    static final int TTL_SECONDS = 3;
    /** Less than the API lets anybody ask for, so that tests are short. */
    static final int AFTER_SECONDS = 3;

    final BreakablePostgres database;
    final Replica a;
    final Replica b;
    private final Path directory;

    /** Settings that send Standard Webhooks for whatever reason. */
    static Map<String, String> sendingTo(String url) {
        return Map.of("alerts.url", url,
                "alerts.secret", AlertReceiver.SECRET,
                "alerts.reasons", "never_connected,disconnected,connection_lost,missed_heartbeats");
    }

    /** @param alerts the settings of alerts, and others that count more than those of all sites */
    AlertSite(Map<String, String> alerts) throws IOException {
        directory = Files.createTempDirectory("alerts");
        database = new BreakablePostgres(directory.resolve("data"), Ports.free());
        a = replica(alerts);
        b = replica(alerts);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    private Replica replica(Map<String, String> alerts) {
        DatabaseProxy proxy = new DatabaseProxy(database.port());
        Map<String, String> settings = new TreeMap<>(Map.of(
                "presence.ttl", TTL_SECONDS + "s",
                "presence.heartbeat", "1s",
                "presence.write-every", "200ms",
                "sessions.anonymous", "true",
                "sessions.anonymous-rate", "1000000"));
        settings.putAll(alerts);
        settings.putAll(database.settings(proxy.port));
        return new Replica(directory, proxy, settings);
    }

    void start(Replica... replicas) {
        for (Replica replica : replicas) {
            if (!replica.isRunning()) {
                replica.launch();
            }
        }
        for (Replica replica : replicas) {
            replica.awaitStart();
            Api.awaitReady(replica);
        }
    }

    void askForAlerts(Collection<Registered> machines) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "update machine set alert_after_seconds = ? where machine_id = any(?)")) {
            statement.setInt(1, AFTER_SECONDS);
            statement.setArray(2, connection.createArrayOf("text",
                    machines.stream().map(Registered::machineId).toArray()));
            statement.executeUpdate();
        }
    }

    void removeAfter(Registered machine, int seconds) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "update machine set remove_after_seconds = ? where machine_id = ?")) {
            statement.setInt(1, seconds);
            statement.setString(2, machine.machineId());
            statement.executeUpdate();
        }
    }

    /** A machine of which somebody is told soon: it said goodbye. */
    Registered goneOffline() throws SQLException {
        Registered machine = User.at(a).register(a);
        askForAlerts(List.of(machine));
        assertEquals(200, Api.agent(a, "heartbeat", machine.token()).statusCode());
        // Else both may be written together, and it was never there.
        Awaitility.await()
                .until(() -> database.count("select count(*) from machine where status = 'online' and machine_id = '"
                        + machine.machineId() + "'") == 1);
        assertEquals(204, Api.agent(a, "disconnect", machine.token()).statusCode());
        return machine;
    }

    /** How many messages the first replica tried to send. @param outcome sent or failed */
    long messages(String outcome) {
        String metrics = Api.send(Api.request(a, "/q/metrics", null).build()).body();
        return Pattern.compile("(?m)^alerts_messages_total\\{.*outcome=\"" + outcome + "\".*} (\\S+)").matcher(metrics)
                .results().mapToLong(match -> (long) Double.parseDouble(match.group(1))).sum();
    }

    /** How many lines of the first replica's log have this. */
    long logs(String text) {
        return a.output().lines().filter(line -> line.contains(text)).count();
    }

    /** How many warnings and errors there are, but for what a busy machine makes any service say. */
    long troubles() {
        return a.output().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .filter(line -> !Replica.PAUSED.matcher(line).find()).count();
    }

    private void end() {
        try {
            close();
        } catch (IOException | InterruptedException | RuntimeException failure) {
            System.err.println("Not all was ended: " + failure);
        }
    }

    @Override
    public synchronized void close() throws IOException, InterruptedException {
        if (Files.exists(directory)) {
            a.close();
            b.close();
            database.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }
}
