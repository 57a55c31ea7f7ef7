package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.machineregistry.Ports;
import org.machineregistry.embedded.BreakablePostgres;

/** A database and two replicas, shared by all tests of this package: each finds everything running. */
final class Site implements AutoCloseable {
    /** Silence after which a machine is offline. */
    static final int TTL_SECONDS = 8;
    static final Map<String, String> SETTINGS = Map.of(
            "presence.ttl", TTL_SECONDS + "s",
            "presence.heartbeat", "1s",
            "presence.write-every", "200ms",
            "sessions.anonymous", "true",
            "sessions.anonymous-rate", "1000000",
            "teams.administrators", "administrators",
            "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "2");

    final BreakablePostgres database;
    final Replica a;
    final Replica b;
    private final Path directory;
    private final Object mending = new Object();

    private Site() throws IOException {
        directory = Files.createTempDirectory("fault");
        database = new BreakablePostgres(directory.resolve("data"), Ports.free());
        a = replica();
        b = replica();
        // Also when the tests are broken off: nothing that they started stays.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** One more replica, started by a line of a shell, which is the caller's to launch and to close. */
    Replica replica(String shell) {
        Replica replica = replica();
        replica.wrap(List.of("sh", "-c", shell, "sh"));
        return replica;
    }

    private Replica replica() {
        DatabaseProxy proxy = new DatabaseProxy(database.port());
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.putAll(database.settings(proxy.port));
        return new Replica(directory, proxy, settings);
    }

    /** Puts right what a test broke. */
    private void mend() throws IOException, InterruptedException {
        if (database.isRunning()) {
            database.thaw();
        } else {
            database.start();
        }
        for (Replica replica : new Replica[]{a, b}) {
            replica.database.heal();
            if (replica.isRunning()) {
                replica.thaw();
            } else {
                replica.launch();
            }
        }
        for (Replica replica : new Replica[]{a, b}) {
            replica.awaitStart();
            Api.awaitReady(replica);
        }
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

    /** Hands the site to tests, mended. */
    static final class Extension implements ParameterResolver, AfterEachCallback {
        private static final Namespace NAMESPACE = Namespace.create(Site.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Site.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Site site = context.getRoot().getStore(NAMESPACE).computeIfAbsent(Site.class, key -> create(), Site.class);
            // Tests that run at the same time would start a replica twice.
            try {
                synchronized (site.mending) {
                    site.mend();
                }
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
            return site;
        }

        private static Site create() {
            try {
                return new Site();
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void afterEach(ExtensionContext context) throws InterruptedException {
            Site site = context.getRoot().getStore(NAMESPACE).get(Site.class, Site.class);
            if (site != null && context.getExecutionException().isPresent()) {
                System.out.println("--- replica a\n" + tail(site.a) + "\n--- replica b\n" + tail(site.b));
            }
        }

        private static String tail(Replica replica) {
            String output = replica.output();
            return output.substring(Math.max(0, output.length() - 6_000));
        }
    }
}
