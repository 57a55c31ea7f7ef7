package org.machineregistry;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.embedded.EmbeddedDatabase;

/** Starts the packaged service as an operator does, with nothing configured, and with something wrong. */
class ServiceStartIT {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    @TempDir
    static Path directory;

    @BeforeAll
    static void create_the_database_once() {
        EmbeddedDatabase.start(directory.resolve("data")).close();
    }

    @Test
    void it_runs_on_its_own_database_and_starts_again_after_a_kill() throws Exception {
        try (JavaProcess service = start()) {
            requireReady(service);
            service.kill();
        }

        try (JavaProcess service = start()) {
            requireReady(service);
        }

        assertFalse(Files.exists(directory.resolve("data/database/postmaster.pid")));
    }

    @ParameterizedTest
    @CsvSource({
            "-Dquarkus.http.port=many, quarkus.http.port",
            "-Dembedded.data-dir=${nowhere}, embedded.data-dir",
            "-Dembedded.data-dir=/proc/nowhere, /proc/nowhere",
            "-Dpresence.ttl=-5s, presence.ttl", "-Dpresence.ttl=soon, presence.ttl",
            "-Dpresence.heartbeat=0s, presence.heartbeat", "-Dpresence.heartbeat=45s, presence.ttl",
            "-Dpresence.write-every=0s, presence.write-every", "-Dpresence.max-rate=0, presence.max-rate",
            "-Dmachines.quota=-1, machines.quota", "-Dmachines.rotation-overlap=-1s, machines.rotation-overlap",
            "-Dsessions.lifetime=0s, sessions.lifetime", "-Dsessions.lifetime=1000000d, sessions.lifetime",
            "-Dservice.url=nowhere, service.url", "-Dservice.url=http://x/';id;', service.url",
            "-Dsmallrye.jwt.sign.key.location=/nowhere.pem, smallrye.jwt.sign.key.location",
            "-Dsmallrye.jwt.sign.key.location=data/database-password, smallrye.jwt.sign.key.location",
            "-Dquarkus.datasource.jdbc.url=jdbc:mysql://localhost/x, quarkus.datasource.jdbc.url",
            "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/x, mp.jwt.verify.publickey.location",
    })
    void a_wrong_setting_stops_the_start_with_one_line(String setting, String named) throws Exception {
        assertEndsWithOneLine(named, setting);
    }

    @Test
    void a_key_that_is_not_there_stops_the_start_with_one_line() throws Exception {
        assertEndsWithOneLine("there is no readable file /nowhere.pem",
                "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/x",
                "-Dmp.jwt.verify.publickey.location=/nowhere.pem");
    }

    @Test
    void a_port_in_use_stops_the_start_with_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertEndsWithOneLine("Port " + taken.getLocalPort(), "-Dquarkus.http.port=" + taken.getLocalPort());
        }
    }

    @Test
    void a_database_that_is_not_there_is_waited_for() throws Exception {
        String output = assertEndsWithOneLine("The database was not there for 3 seconds",
                "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:" + freePort() + "/x",
                "-Dmp.jwt.verify.publickey.location=" + directory.resolve("data/session-key.pub.pem"),
                "-Ddatabase.start-wait=3s");

        assertTrue(output.contains("Waiting for the database"), output);
    }

    @Test
    void a_wrong_password_is_told_at_once() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("data"))) {
            String output = assertEndsWithOneLine("password authentication failed",
                    "-Dquarkus.datasource.jdbc.url=" + database.settings().get("quarkus.datasource.jdbc.url"),
                    "-Dquarkus.datasource.username=" + database.settings().get("quarkus.datasource.username"),
                    "-Dquarkus.datasource.password=wrong",
                    "-Dmp.jwt.verify.publickey.location=" + directory.resolve("data/session-key.pub.pem"));

            assertFalse(output.contains("Waiting for the database"), output);
        }
    }

    private static String assertEndsWithOneLine(String expected, String... settings) throws Exception {
        try (JavaProcess service = start(settings)) {
            assertEquals(1, service.awaitExit());

            List<String> lines = service.output().lines().filter(line -> line.contains("did not start")).toList();
            assertEquals(1, lines.size(), service.output());
            assertTrue(lines.get(0).contains(expected), service.output());
            assertFalse(service.output().contains("\tat "), service.output());
            return service.output();
        }
    }

    private static void requireReady(JavaProcess service) {
        String port = service.awaitOutput("is at http://localhost:(\\d+)/");
        given().port(Integer.parseInt(port))
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"));
    }

    private static JavaProcess start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Dquarkus.http.port=0"));
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("-jar", JAR.toString()));
        return JavaProcess.start(directory, arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
