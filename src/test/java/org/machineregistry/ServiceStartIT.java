package org.machineregistry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.machineregistry.StartedService.assertEndsWithOneLine;
import static org.machineregistry.StartedService.awaitReady;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.embedded.EmbeddedDatabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Starts the packaged service, jar or executable, on a database that exists, and with something wrong. */
class ServiceStartIT {

    private static final String URL = "quarkus.datasource.jdbc.url";
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String KEY = "mp.jwt.verify.publickey.location";

    @TempDir
    static Path directory;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start_the_database() {
        database = EmbeddedDatabase.start(directory.resolve("data"));
    }

    @AfterAll
    static void stop_the_database() {
        database.close();
    }

    @Test
    void it_is_ready_on_a_database_that_exists() throws Exception {
        try (JavaProcess service = StartedService.start(directory, settings(Map.of()))) {
            awaitReady(service);
        }
    }

    @Test
    void its_log_is_json_where_an_operator_asks_for_it() throws Exception {
        ObjectMapper json = new ObjectMapper();
        try (JavaProcess service = StartedService.start(directory,
                settings(Map.of("quarkus.log.console.json.enabled", "true")))) {
            awaitReady(service);

            for (String line : service.output().lines().toList()) {
                JsonNode entry = json.readTree(line);
                assertTrue(entry.hasNonNull("timestamp") && entry.hasNonNull("level") && entry.hasNonNull("message"),
                        line);
            }
        }
    }

    @Test
    void it_is_ready_on_the_schema_of_the_version_after_it() throws Exception {
        try (JavaProcess service = StartedService.start(directory, settings(Map.of()))) {
            awaitReady(service);
        }
        execute("insert into machine_registry_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) values (999, '999', 'of the next version', 'SQL',"
                + " 'V999__of_the_next_version.sql', 1, 'test', 0, true)");

        try (JavaProcess service = StartedService.start(directory, settings(Map.of()))) {
            awaitReady(service);
        } finally {
            execute("delete from machine_registry_history where version = '999'");
        }
    }

    @Test
    void it_shares_a_schema_with_another_application_and_leaves_its_history_as_it_is() throws Exception {
        String shared = database.settings().get(URL).replaceFirst("/[^/?]+(?=$|[?])", "/shared");
        execute("create database shared");
        execute(shared, "create table flyway_schema_history (installed_rank int primary key, version text);"
                + "insert into flyway_schema_history values (1, '1'); create table customer (id int)");

        try (JavaProcess service = StartedService.start(directory, settings(Map.of(URL, shared)))) {
            awaitReady(service);
        }

        execute(shared, "do $$ begin assert (select count(*) from flyway_schema_history) = 1; end $$");
        execute(shared, "do $$ begin assert (select count(*) from machine_registry_history where success) > 1; end $$");
    }

    @ParameterizedTest
    @CsvSource({
            "-Dquarkus.datasource.jdbc.url=jdbc:mysql://localhost/x, quarkus.datasource.jdbc.url",
            "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/x, mp.jwt.verify.publickey.location",
    })
    void a_wrong_database_or_no_key_stops_the_start_with_one_line(String setting, String named) throws Exception {
        assertEndsWithOneLine(directory, named, List.of(setting));
    }

    @ParameterizedTest
    @CsvSource({
            "quarkus.http.port, many, quarkus.http.port",
            "presence.ttl, -5s, presence.ttl", "presence.ttl, soon, presence.ttl",
            "presence.heartbeat, 0s, presence.heartbeat", "presence.heartbeat, 45s, presence.ttl",
            "presence.write-every, 0s, presence.write-every", "presence.max-rate, 0, presence.max-rate",
            "machines.quota, -1, machines.quota", "machines.anonymous-leftovers, 59m, machines.anonymous-leftovers",
            "machines.rotation-overlap, -1s, machines.rotation-overlap",
            "sessions.lifetime, 0s, sessions.lifetime", "sessions.lifetime, 1000000d, sessions.lifetime",
            "service.url, nowhere, service.url", "service.url, http://x/\";id;\", service.url",
            "service.url, https://x/api, service.url",
            "service.additional-urls, 'https://a.example,nowhere', service.additional-urls: nowhere",
            "sessions.anonymous, perhaps, sessions.anonymous",
            "sessions.anonymous, NONE, sessions.anonymous", "sessions.anonymous, '${NOPE}', NOPE",
            "quarkus.oidc.auth-server-url, https://id.example.org/realms/main, QUARKUS_OIDC_CLIENT_ID",
            "quarkus.oidc.auth-server-url, id.example.org, quarkus.oidc",
            "quarkus.oidc.client-id, machine-registry, QUARKUS_OIDC_AUTH_SERVER_URL",
            "quarkus.oidc.credentials.secret, secret, QUARKUS_OIDC_AUTH_SERVER_URL",
            "mp.jwt.verify.publickey.location, https://id.example.org/certs, quarkus.oidc.auth-server-url",
            "sessions.sign-in-url, https://id.example.org/, quarkus.oidc.auth-server-url",
            "quarkus.http.cors.origins, '/http(/', quarkus.http.cors.origins",
            "quarkus.http.cors.origins, 'https://a.example, /http(/ ', quarkus.http.cors.origins",
            "quarkus.http.cors.origins, '/https:..a{1,2}.example/', quarkus.http.cors.origins",
            "quarkus.http.cors.origins, '${NOPE}', NOPE",
            "alerts.url, nowhere, alerts.url", "alerts.url, 'https://alerts.example/', alerts.secret",
            "alerts.format, teams, alerts.format", "alerts.reasons, gone, alerts.reasons",
            "smallrye.jwt.sign.key.location, /nowhere.pem, smallrye.jwt.sign.key.location",
            "smallrye.jwt.sign.key.location, data/database-password, smallrye.jwt.sign.key.location",
            "sessions.further-public-keys, /nowhere.pem, sessions.further-public-keys: there is no readable file",
            "sessions.further-public-keys, data/session-key.pem, sessions.further-public-keys: data/session-key.pem is not",
    })
    void a_wrong_setting_stops_the_start_with_one_line(String name, String value, String named) throws Exception {
        assertEndsWithOneLine(directory, named, settings(Map.of(name, value)));
    }

    @Test
    void a_port_in_use_stops_the_start_with_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());

            assertEndsWithOneLine(directory, "Port " + port, settings(Map.of("quarkus.http.port", port)));
        }
    }

    @Test
    void a_key_that_is_not_there_stops_the_start_with_one_line() throws Exception {
        assertEndsWithOneLine(directory, "there is no readable file /nowhere.pem",
                settings(Map.of(KEY, "/nowhere.pem")));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_key_that_is_not_the_others_pair_stops_the_start_with_one_line(boolean databaseIsLookedAtFirst)
            throws Exception {
        assertEndsWithOneLine(directory, "they must be a pair", settings(Map.of(
                "smallrye.jwt.sign.key.location", foreignKey().toString(),
                "quarkus.flyway.migrate-at-start", String.valueOf(databaseIsLookedAtFirst),
                "quarkus.hibernate-orm.schema-management.strategy", databaseIsLookedAtFirst ? "validate" : "none")));
    }

    @Test
    void a_further_issuer_that_is_the_provider_itself_stops_the_start_with_one_line() throws Exception {
        assertEndsWithOneLine(directory, "issuers.ci.url must be the address of an issuer", settings(Map.of(
                "quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realms/people",
                "quarkus.oidc.client-id", "machine-registry",
                "quarkus.oidc.credentials.secret", "secret",
                "issuers.ci.url", "http://127.0.0.1:1/realms/people/",
                "issuers.ci.audience", "machine-registry")));
    }

    @Test
    void sessions_that_no_cookie_has_room_for_stop_the_start_with_one_line() throws Exception {
        assertEndsWithOneLine(directory, "and a cookie has room for",
                settings(Map.of("mp.jwt.verify.audiences", "a".repeat(3_000))));
    }

    @Test
    void a_database_that_is_not_there_is_waited_for() throws Exception {
        String output = assertEndsWithOneLine(directory, "The database was not there for 3 seconds",
                settings(Map.of(URL, "jdbc:postgresql://127.0.0.1:" + freePort() + "/x", "database.start-wait", "3s")));

        assertTrue(output.contains("Waiting for the database"), output);
    }

    @Test
    void a_wrong_password_is_told_at_once() throws Exception {
        String output = assertEndsWithOneLine(directory, "password authentication failed",
                settings(Map.of(PASSWORD, "wrong")));

        assertFalse(output.contains("Waiting for the database"), output);
    }

    // The last one of a name counts.
    private static List<String> settings(Map<String, String> wrong) {
        List<String> settings = new ArrayList<>();
        database.settings().forEach((name, value) -> settings.add("-D" + name + "=" + value));
        wrong.forEach((name, value) -> settings.add("-D" + name + "=" + value));
        return settings;
    }

    private static void execute(String sql) throws SQLException {
        execute(database.settings().get(URL), sql);
    }

    private static void execute(String url, String sql) throws SQLException {
        Map<String, String> settings = database.settings();
        try (Connection connection = DriverManager.getConnection(url,
                settings.get("quarkus.datasource.username"), settings.get(PASSWORD));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Path foreignKey() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String body = Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(directory.resolve("foreign.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
