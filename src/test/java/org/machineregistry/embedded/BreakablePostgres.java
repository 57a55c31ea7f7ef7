package org.machineregistry.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** A real PostgreSQL, as durable as in production, that a test may stop, kill and freeze. */
public final class BreakablePostgres implements AutoCloseable {
    private final DataDirectory directory;
    private final Postmaster postmaster;
    private final Cluster cluster;
    private final Map<String, String> keys;
    private final Path programFiles;
    private final int port;

    public BreakablePostgres(Path path, int port) {
        this.port = port;
        try {
            directory = DataDirectory.lock(path);
            programFiles = PostgresBinaries.in(directory);
            PostgresPrograms programs = new PostgresPrograms(programFiles);
            cluster = Cluster.in(directory, programs);
            keys = SessionKeys.in(directory);
            postmaster = new Postmaster(programs, cluster.files(), directory.resolve("database.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start();
    }

    public int port() {
        return port;
    }

    /** What a service needs that reaches this database at another port. */
    public Map<String, String> settings(int proxyPort) {
        Map<String, String> settings = new TreeMap<>(keys);
        settings.put("quarkus.datasource.jdbc.url", url(proxyPort));
        settings.put("quarkus.datasource.username", Cluster.USER);
        settings.put("quarkus.datasource.password", cluster.password());
        return settings;
    }

    public void start() {
        // What a killed server leaves behind, its own processes among it, goes away by itself.
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            postmaster.startOn(port);
            return true;
        });
    }

    public void stop() {
        try {
            postmaster.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the server as a power cut would: without a word, and its other processes find out by themselves. */
    public void kill() {
        signal("KILL", List.of(server()));
    }

    public void freeze() {
        ProcessHandle server = server();
        signal("STOP", List.of(server));
        signal("STOP", server.descendants().toList());
    }

    public void thaw() {
        ProcessHandle server = server();
        signal("CONT", Stream.concat(server.descendants(), Stream.of(server)).toList());
    }

    /** Starts it from now on with other environment variables; none at all for those of this process alone. */
    public void environment(Map<String, String> variables) {
        try {
            Path program = programFiles.resolve("postgres");
            Path original = programFiles.resolve("postgres-itself");
            if (!Files.exists(original)) {
                Files.move(program, original);
            }
            StringBuilder script = new StringBuilder("#!/bin/sh\n");
            variables.forEach((name, value) -> script.append("export " + name + "='" + value + "'\n"));
            Files.writeString(program, script + "exec '" + original + "' \"$@\"\n");
            program.toFile().setExecutable(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Somebody's own connection, past the service. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port), Cluster.USER, cluster.password());
    }

    /** No transaction may write, unless it says so; or all may again. */
    public void setReadOnly(boolean readOnly) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("alter system set default_transaction_read_only = " + (readOnly ? "on" : "off"));
            statement.execute("select pg_reload_conf()");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public long count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public boolean isRunning() {
        try {
            return postmaster.isRunning();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (isRunning()) {
            thaw();
            stop();
        }
        directory.close();
    }

    private ProcessHandle server() {
        try {
            Path pidFile = cluster.files().resolve("postmaster.pid");
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).trim())).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }
}
