package org.machineregistry.embedded;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.JavaProcess;

class EmbeddedDatabaseTest {

    @TempDir
    static Path prepared;

    @TempDir
    Path parent;

    private Path data;

    @BeforeAll
    static void unpack_and_create_once() {
        EmbeddedDatabase.start(prepared.resolve("data")).close();
    }

    @BeforeEach
    void copy_what_is_prepared() throws Exception {
        data = Files.createDirectory(parent.resolve("a path with spaces"));
        try (var children = Files.list(prepared.resolve("data"))) {
            for (Path child : children.toList()) {
                copyOrLink(child);
            }
        }
    }

    @Test
    void it_runs_durably_for_its_password_only_and_on_loopback() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            assertEquals("on", query(database, "SHOW fsync"));
            assertEquals("on", query(database, "SHOW synchronous_commit"));
            assertEquals("UTF8", query(database, "SHOW server_encoding"));
            assertEquals("127.0.0.1", query(database, "SHOW listen_addresses"));
            assertEquals("äß", query(database, "SELECT lower('Äß')"));
            String url = database.settings().get("quarkus.datasource.jdbc.url");
            assertThrows(SQLException.class, () -> DriverManager.getConnection(url, Cluster.USER, "guess").close());
        }
    }

    @Test
    void what_was_committed_survives_a_restart() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            execute(database, "CREATE TABLE kept AS SELECT 7 AS number");
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            assertEquals("7", query(database, "SELECT number FROM kept"));
        }

        assertTrue(server().isEmpty());
    }

    @Test
    void the_keys_are_for_the_owner_only_and_stay() throws Exception {
        EmbeddedDatabase.start(data).close();
        Path key = data.resolve("session-key.pem");
        String first = Files.readString(key);

        Files.delete(data.resolve("session-key.pub.pem"));
        EmbeddedDatabase.start(data).close();

        assertEquals(first, Files.readString(key));
        assertEquals(Files.readString(prepared.resolve("data/session-key.pub.pem")),
                Files.readString(data.resolve("session-key.pub.pem")));
        assertEquals(Set.of(OWNER_READ, OWNER_WRITE), Files.getPosixFilePermissions(key));
    }

    @Test
    void a_killed_service_leaves_no_server_in_the_way_and_loses_nothing() throws Exception {
        try (JavaProcess service = service()) {
            execute(service.awaitOutput("running with (.*)"), "CREATE TABLE kept AS SELECT 7 AS number");
            ProcessHandle orphan = server().orElseThrow();
            service.kill();

            try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
                assertEquals("7", query(database, "SELECT number FROM kept"));
                assertFalse(isServer(orphan));
            }
        }
    }

    @Test
    void a_second_service_on_the_same_data_is_refused() throws Exception {
        try (JavaProcess service = service()) {
            service.awaitOutput("running");

            var refusal = assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(data));

            assertTrue(refusal.getMessage().contains("process id " + service.pid() + " uses it"), refusal.getMessage());
            assertTrue(server().isPresent());
        }
    }

    @Test
    void a_stopped_service_stops_its_server() throws Exception {
        JavaProcess service = service();
        service.awaitOutput("running");

        service.terminate();

        assertFalse(Files.exists(data.resolve("database/postmaster.pid")));
    }

    @Test
    void a_killed_server_comes_back_on_the_same_port_with_its_data() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            execute(database, "CREATE TABLE kept AS SELECT 7 AS number");

            server().orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertEquals("7", query(database, "SELECT number FROM kept")));
        }
    }

    @Test
    void another_program_with_the_number_of_a_dead_server_is_left_alone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Files.writeString(data.resolve("database/postmaster.pid"),
                stranger.pid() + "\n" + data.resolve("database") + "\n");

        EmbeddedDatabase.start(data).close();

        assertTrue(stranger.isAlive());
        stranger.destroy();
    }

    @Test
    void a_creation_that_was_cut_off_is_begun_again() throws Exception {
        Path halfMade = Files.createDirectory(data.resolve("unfinished-1"));
        Files.move(data.resolve("database"), halfMade.resolve("database"));
        Files.delete(halfMade.resolve("database/global/pg_control"));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            assertEquals("1", query(database, "SELECT 1"));
        }

        assertFalse(Files.exists(halfMade));
    }

    @Test
    void a_killed_first_start_is_no_obstacle() throws Exception {
        data = parent.resolve("new");
        try (JavaProcess service = service()) {
            await().pollInterval(Duration.ofMillis(5)).until(() -> exists("unfinished-"));
            service.kill();
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            assertEquals("1", query(database, "SELECT 1"));
        }
    }

    @Test
    void files_of_another_version_are_refused() throws Exception {
        Files.writeString(data.resolve("database/PG_VERSION"), "15\n");

        var refusal = assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(data));

        assertTrue(refusal.getMessage().contains("PostgreSQL 15"), refusal.getMessage());
    }

    @Test
    void a_server_that_cannot_start_gives_its_reason_in_one_line() throws Exception {
        Files.writeString(data.resolve("database/postgresql.conf"), "shared_buffers = 1000TB\n");

        var refusal = assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(data));

        assertTrue(refusal.getMessage().contains("postgresql.conf"), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }

    @Test
    void a_data_directory_that_is_a_file_is_refused() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        var refusal = assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(file));

        assertTrue(refusal.getMessage().contains(file + " is in the way"), refusal.getMessage());
    }

    private void copyOrLink(Path child) throws Exception {
        if (child.getFileName().toString().startsWith("postgresql-")) {
            link(child, data.resolve(child.getFileName()));
            return;
        }
        Process copy = new ProcessBuilder("cp", "-a", child.toString(), data.toString()).start();
        assertEquals(0, copy.waitFor());
    }

    // The programs are large, and nothing changes them.
    private static void link(Path programs, Path target) throws IOException {
        try (var files = Files.walk(programs)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(programs.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createLink(copy, file);
                }
            }
        }
    }

    private JavaProcess service() {
        return JavaProcess.start(parent, List.of("-cp", System.getProperty("java.class.path"),
                EmbeddedDatabaseProgram.class.getName(), data.toString()));
    }

    private boolean exists(String prefix) throws IOException {
        if (!Files.isDirectory(data)) {
            return false;
        }
        try (var children = Files.list(data)) {
            return children.anyMatch(child -> child.getFileName().toString().startsWith(prefix));
        }
    }

    private Optional<ProcessHandle> server() throws IOException {
        Path pidFile = data.resolve("database/postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).trim()));
    }

    // A dead process may stay in the table without its command.
    private static boolean isServer(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private String query(EmbeddedDatabase database, String sql) throws Exception {
        try (Connection connection = connect(database.settings().get("quarkus.datasource.jdbc.url"));
                var result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private void execute(EmbeddedDatabase database, String sql) throws Exception {
        execute(database.settings().get("quarkus.datasource.jdbc.url"), sql);
    }

    private void execute(String url, String sql) throws Exception {
        try (Connection connection = connect(url); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String url) throws Exception {
        return DriverManager.getConnection(url, Cluster.USER, Files.readString(data.resolve("database-password")));
    }
}
