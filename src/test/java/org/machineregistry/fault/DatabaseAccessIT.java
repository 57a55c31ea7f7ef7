package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.KeyFiles;
import org.machineregistry.Ports;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL as its administrators hand it out: over TLS, with a schema other than public, and without the right to change it. */
class DatabaseAccessIT {
    private static final String OWNER = "registry_owner";
    private static final String USER = "registry_user";
    private static final Duration LONGER_THAN_SEVERAL_LOOKS = Duration.ofSeconds(5);

    @TempDir
    Path directory;
    private TestAuthority authority;
    private EmbeddedPostgres server;

    @BeforeEach
    void start_a_database_that_speaks_tls() throws Exception {
        authority = new TestAuthority(directory);
        TestAuthority.ServerFiles files = authority.serverFiles(directory, "dns:localhost");
        server = EmbeddedPostgres.builder()
                .setPort(Ports.free())
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", files.certificate().toString())
                .setServerConfig("ssl_key_file", files.key().toString())
                .start();
        run("create role " + OWNER + " login", "create role " + USER + " login", "create database registry");
    }

    @AfterEach
    void stop_the_database() throws IOException {
        server.close();
    }

    @Test
    void each_connection_is_encrypted_where_that_is_asked_for() throws Exception {
        run("alter database registry owner to " + USER);

        try (Replica replica = replica("sslmode=verify-full&sslrootcert=" + authority.certificate(), Map.of())) {
            replica.start();
            assertWorks(replica);

            assertThat(ask("select count(*) from pg_stat_activity where usename = '" + USER + "'")).isNotEqualTo("0");
            assertThat(ask("select count(*) from pg_stat_activity join pg_stat_ssl using (pid) where usename = '" + USER
                    + "' and not ssl")).isEqualTo("0");
        }
    }

    @Test
    void a_database_that_another_authority_vouches_for_is_refused() throws Exception {
        TestAuthority other = new TestAuthority(Files.createDirectory(directory.resolve("other")));
        run("alter database registry owner to " + USER);

        try (Replica replica = replica("sslmode=verify-full&sslrootcert=" + other.certificate(),
                Map.of("database.start-wait", "1s"))) {
            replica.launch();

            assertThat(replica.awaitExit()).isEqualTo(1);
            assertThat(replica.output()).contains("did not start").contains("SSL error").doesNotContain("\tat ");
            assertThat(ask("select count(*) from pg_stat_activity where usename = '" + USER + "'")).isEqualTo("0");
        }
    }

    @Test
    void all_that_it_has_is_in_the_schema_that_the_address_names() throws Exception {
        runIn("registry", "create schema machines authorization " + USER, "revoke create on schema public from public");

        try (Replica replica = replica("currentSchema=machines", Map.of())) {
            replica.start();
            assertWorks(replica);
        }
        assertThat(askIn("registry", "select string_agg(distinct table_schema, ' ') from information_schema.tables"
                + " where table_schema not in ('pg_catalog', 'information_schema')")).isEqualTo("machines");
        assertThat(askIn("registry", "select string_agg(distinct nspname, ' ') from pg_proc join pg_namespace n"
                + " on n.oid = pronamespace where nspname not in ('pg_catalog', 'information_schema')"))
                .isEqualTo("machines");
    }

    /** As docs/deployment.md says. */
    @Test
    void another_user_migrates_where_the_service_s_own_may_not_change_the_schema() throws Exception {
        try (Replica replica = replicaOfUser()) {
            replica.start();
            assertWorks(replica);
        }
        assertThat(askIn("registry", "select string_agg(distinct tableowner, ' ') from pg_tables"
                + " where schemaname = 'machines'")).isEqualTo(OWNER);
    }

    @Test
    void a_right_that_it_lacks_is_said_once_and_it_is_not_ready_until_it_has_it() throws Exception {
        try (Replica replica = replicaOfUser()) {
            replica.start();
            assertWorks(replica);

            runIn("registry", "revoke update on machines.machine from " + USER);
            Awaitility.await().atMost(Api.PATIENCE).until(() -> Api.health(replica, "ready") == 503);
            // Each look for the silent fails, and comes several times a second.
            Awaitility.await().during(LONGER_THAN_SEVERAL_LOOKS).atMost(Api.PATIENCE)
                    .until(() -> Api.health(replica, "ready") == 503);
            assertThat(replica.output()).containsOnlyOnce("The database cannot be reached, or not be written");

            runIn("registry", "grant update on machines.machine to " + USER);
            Api.awaitReady(replica);
            User user = User.at(replica);
            User.Registered machine = user.register(replica);
            assertThat(Api.agent(replica, "connect", machine.token()).statusCode()).isEqualTo(200);
            assertThat(user.list(replica)).containsEntry(machine.machineId(), "online");
        }
    }

    @Test
    void a_new_replica_that_may_not_register_machines_is_not_ready_until_it_may_and_says_once_what_it_lacks()
            throws Exception {
        try (Replica replica = replicaOfUser()) {
            runIn("registry", "alter default privileges for role " + OWNER + " in schema machines"
                    + " revoke insert, delete on tables from " + USER);
            replica.launch();
            Awaitility.await().atMost(Api.PATIENCE).until(() -> replica.output().contains("lacks rights"));
            Awaitility.await().during(LONGER_THAN_SEVERAL_LOOKS).atMost(Api.PATIENCE)
                    .until(() -> Api.health(replica, "ready") == 503);
            assertThat(replica.output()).containsOnlyOnce("lacks rights: insert on machine, delete on machine,"
                    + " insert on revocation, delete on revocation.");

            runIn("registry", "grant insert, delete on machines.machine, machines.revocation to " + USER);
            Api.awaitReady(replica);
            assertWorks(replica);
        }
    }

    /** One that works as a user who may not change the schema, which the owner migrates. */
    private Replica replicaOfUser() throws SQLException {
        runIn("registry", "create schema machines authorization " + OWNER, "revoke create on schema public from public",
                "grant usage on schema machines to " + USER,
                "alter default privileges for role " + OWNER + " in schema machines"
                        + " grant select, insert, update, delete on tables to " + USER);
        return replica("currentSchema=machines",
                Map.of("quarkus.flyway.username", OWNER, "quarkus.flyway.password", "none"));
    }

    private Replica replica(String parameters, Map<String, String> more) {
        DatabaseProxy proxy = new DatabaseProxy(server.getPort());
        KeyFiles keys = KeyFiles.rsa(directory, "session-key", 2048);
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:" + proxy.port + "/registry?" + parameters,
                "quarkus.datasource.username", USER,
                "quarkus.datasource.password", "none",
                "smallrye.jwt.sign.key.location", keys.privateKey().toString(),
                "mp.jwt.verify.publickey.location", keys.publicKey().toString(),
                "sessions.anonymous", "true"));
        settings.putAll(more);
        return new Replica(directory, proxy, settings);
    }

    /** Sessions, machines, presence, announcements and lists; what the service does by itself meanwhile shows in its log. */
    private static void assertWorks(Replica replica) {
        Api.awaitReady(replica);
        User user = User.at(replica);
        User.Registered machine = user.register(replica);
        assertThat(Api.agent(replica, "heartbeat", machine.token()).statusCode()).isEqualTo(200);
        // A heartbeat is answered before it is written.
        Awaitility.await().atMost(Api.PATIENCE).untilAsserted(
                () -> assertThat(user.list(replica)).containsEntry(machine.machineId(), "online"));
        User.Registered rotated = user.revoke(replica, machine);
        user.delete(replica, rotated);
        assertThat(user.list(replica)).isEmpty();
        assertThat(replica.output()).doesNotContain("permission denied").doesNotContain(" ERROR ");
    }

    private void run(String... statements) throws SQLException {
        runIn("postgres", statements);
    }

    private void runIn(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String ask(String question) throws SQLException {
        return askIn("postgres", question);
    }

    private String askIn(String database, String question) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
    }
}
