package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.machineregistry.embedded.BreakablePostgres;

/** A database with a synchronous standby, and two replicas that are told of both, as docs/deployment.md says. */
final class FailoverSite implements AutoCloseable {
    final BreakablePostgres primary;
    final BreakablePostgres standby;
    final Replica a;
    final Replica b;
    private final Path directory;

    FailoverSite() throws IOException {
        directory = Files.createTempDirectory("failover");
        primary = new BreakablePostgres(directory.resolve("primary"), Ports.free());
        standby = primary.standby(directory.resolve("standby"), Ports.free());
        a = replica();
        b = replica();
        // Also when the test is broken off: nothing that it started stays.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        a.launch();
        b.start();
        a.awaitStart();
    }

    private Replica replica() {
        DatabaseProxy proxy = new DatabaseProxy(primary.port());
        Map<String, String> settings = new TreeMap<>(Site.SETTINGS);
        settings.putAll(primary.settings(proxy.port));
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + proxy.port + ",127.0.0.1:"
                + standby.port() + "/postgres?targetServerType=primary&hostRecheckSeconds=2");
        return new Replica(directory, proxy, settings);
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
            standby.close();
            primary.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }
}
