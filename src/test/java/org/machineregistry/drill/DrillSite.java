package org.machineregistry.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.machineregistry.Ports;
import org.machineregistry.embedded.BreakablePostgres;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.DatabaseProxy;
import org.machineregistry.fault.FakeClock;
import org.machineregistry.fault.Replica;

/** A database, and two replicas of the packaged service that reach it through a proxy each. */
final class DrillSite implements AutoCloseable {
    /** Which clocks of it can be stepped. */
    enum Clocks {
        TRUE, DATABASE, REPLICA
    }

    // All machines have one address here, as behind a proxy.
    private static final String CONNECTIONS = "20000";
    private static final Map<String, String> SETTINGS = Map.of(
            "connections.unknown", CONNECTIONS,
            "connections.unknown-per-address", CONNECTIONS,
            "presence.ttl", Bounds.TTL / 1_000 + "s",
            "presence.heartbeat", Bounds.HEARTBEAT / 1_000 + "s",
            "machines.quota", "100000",
            "machines.anonymous-quota", "1000000",
            "sessions.anonymous", "true",
            "sessions.anonymous-rate", "1000000");

    final Clocks clocks;
    final BreakablePostgres database;
    final Replica a;
    final Replica b;
    private final Path directory;
    private final Thread atExit = new Thread(this::end);
    private FakeClock clock;

    DrillSite(Clocks clocks) throws IOException, InterruptedException {
        this.clocks = clocks;
        directory = Files.createTempDirectory("drill");
        // Also when the drills are broken off: nothing that they started stays.
        Runtime.getRuntime().addShutdownHook(atExit);
        database = new BreakablePostgres(directory.resolve("data"), Ports.free());
        a = replica();
        b = replica();
        fakeClock();
        try {
            mend();
        } catch (IOException | InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private Replica replica() throws IOException {
        DatabaseProxy proxy = new DatabaseProxy(database.port());
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.putAll(database.settings(proxy.port));
        return new Replica(directory, proxy, settings);
    }

    private void fakeClock() {
        if (clocks == Clocks.DATABASE) {
            clock = new FakeClock(directory, "database", FakeClock.Reading.ALWAYS);
            database.stop();
            database.environment(clock.environment());
            database.start();
        } else if (clocks == Clocks.REPLICA) {
            clock = new FakeClock(directory, "replica", FakeClock.Reading.EACH_SECOND);
            a.wrap(clock.wrapper());
        }
    }

    FakeClock clock() {
        return clock;
    }

    /** Waits until the program with the clock of its own shows that it is so far ahead: a drill without the step would prove nothing. */
    void awaitStep(int seconds) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(100))
                .until(() -> Math.abs(secondsAhead() - seconds) <= 1);
    }

    private long secondsAhead() {
        return clocks == Clocks.DATABASE
                ? database.count("select extract(epoch from clock_timestamp())::bigint")
                        - System.currentTimeMillis() / 1_000
                : (sessionsEnd(a) - sessionsEnd(b)) / 1_000;
    }

    /** When a session ends that starts now, by the clock of the replica. */
    private static long sessionsEnd(Replica replica) {
        return Api.json(Api.send(Api.post(replica, "/api/sessions", null, null)).body()).get("expiresAt").longValue();
    }

    List<Replica> replicas() {
        return List.of(a, b);
    }

    /** Puts right what is broken, and waits until all of it runs. */
    void mend() throws IOException, InterruptedException {
        if (database.isRunning()) {
            database.thaw();
        } else {
            database.start();
        }
        for (Replica replica : replicas()) {
            replica.database.heal();
            if (replica.isRunning()) {
                replica.thaw();
            } else {
                replica.launch();
            }
        }
        for (Replica replica : replicas()) {
            replica.awaitStart();
            Api.awaitReady(replica);
        }
    }

    private void end() {
        try {
            stop();
        } catch (IOException | InterruptedException | RuntimeException failure) {
            System.err.println("Not all was ended: " + failure);
        }
    }

    private synchronized void stop() throws IOException, InterruptedException {
        if (!Files.exists(directory)) {
            return;
        }
        for (Replica replica : Stream.of(a, b).filter(started -> started != null).toList()) {
            replica.close();
        }
        if (database != null) {
            database.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
