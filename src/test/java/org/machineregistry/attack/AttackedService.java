package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.machineregistry.Ports;
import org.machineregistry.embedded.BreakablePostgres;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.DatabaseProxy;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User;
import org.machineregistry.fault.User.Registered;

/** The packaged service, with the memory that the Kubernetes manifest gives it. All tests of this package share one. */
public final class AttackedService implements AutoCloseable {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(6);
    // The executable's own, and what the image leaves the JVM of the manifest's 256 MiB.
    private static final String HEAP = System.getProperty("native.image.path") == null ? "-Xmx179m" : "-Xmx128m";
    private static final Pattern ABOVE_DEBUG = Pattern.compile("\\b(INFO|WARN|ERROR|FATAL)\\b|^\\s+at |Exception");
    private static final String SUMMARY = "In the last minute";
    private static final Map<String, String> SETTINGS = Map.of(
            "sessions.anonymous", "true",
            "connections.request-timeout", REQUEST_TIMEOUT.toSeconds() + "s",
            "connections.idle-timeout", IDLE_TIMEOUT.toSeconds() + "s");

    public final Replica replica;
    public final User person;
    public final Registered machine;
    final Map<String, String> settings;
    final BreakablePostgres database;
    private final Path directory;

    private AttackedService(Map<String, String> more) throws IOException {
        directory = Files.createTempDirectory("attack");
        database = new BreakablePostgres(directory.resolve("data"), Ports.free());
        DatabaseProxy proxy = new DatabaseProxy(database.port());
        settings = new TreeMap<>(SETTINGS);
        settings.putAll(more);
        settings.putAll(database.settings(proxy.port));
        replica = new Replica(directory, proxy, settings);
        replica.options(List.of(HEAP));
        replica.start();
        Api.awaitReady(replica);
        person = User.at(replica);
        machine = person.register(replica);
        // Also when the tests are broken off: nothing that they started stays.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** One that is shared with nobody. */
    public static AttackedService start(Map<String, String> more) throws IOException {
        return new AttackedService(more);
    }

    /** The name of the cookie, which has the service's id in it. */
    public String cookieName() {
        String cookie = Api.send(Api.post(replica, "/api/sessions", null, null)).headers().firstValue("Set-Cookie")
                .orElseThrow();
        return cookie.substring(0, cookie.indexOf('='));
    }

    /** The line of a head that says who asks. */
    static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    RawConnection connect(String from) {
        return new RawConnection(replica.port, from);
    }

    /** All that was logged so far. */
    public int logged() {
        return replica.output().length();
    }

    /** Shows that nothing was logged since then but the counted summaries, and that it had to wait for its processor. */
    void assertNothingLoggedSince(int then) {
        assertThat(replica.isRunning()).isTrue();
        assertThat(replica.output().substring(then).lines()
                .filter(line -> ABOVE_DEBUG.matcher(line).find())
                .filter(line -> !line.contains(SUMMARY))
                .filter(line -> !Replica.PAUSED.matcher(line).find()))
                .isEmpty();
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
            replica.close();
            database.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Hands it to tests. */
    static final class Extension implements ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(AttackedService.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == AttackedService.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(NAMESPACE).computeIfAbsent(AttackedService.class, key -> create(),
                    AttackedService.class);
        }

        private static AttackedService create() {
            try {
                return start(Map.of());
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
