package org.machineregistry.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.jwt.build.Jwt;

/** What machines say while it cannot be written. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HeldBodiesTest {
    // 36 of them are more than one machine may have under way.
    private static final Map<String, String> LARGE = Map.of("hostname", "build-1", "unread", "x".repeat(60_000));
    private static final int MANY = 36;

    @Inject
    DataSource database;

    @Test
    void connects_that_wait_to_be_written_are_bounded_by_their_bytes() throws SQLException {
        Map<String, String> machine = register();
        ExecutorService callers = Executors.newFixedThreadPool(MANY);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local idle_in_transaction_session_timeout = 0");
            statement.execute("select from machine where machine_id = '" + machine.get("machineId") + "' for update");

            List<CompletableFuture<Integer>> answers = IntStream.range(0, MANY)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> connect(machine.get("token")), callers))
                    .toList();
            Object first = CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();

            assertThat(first).as("answered while the row is locked").isEqualTo(429);
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(answers.stream().map(CompletableFuture::join)).contains(200, 429);
        } finally {
            callers.shutdownNow();
        }
        assertThat(connect(machine.get("token"))).isEqualTo(200);
    }

    private static Map<String, String> register() {
        String jwt = Jwt.issuer("machine-registry").subject("has a large machine").groups("user")
                .claim("jti", "large").audience("urn:machine-registry:session")
                .expiresAt(Instant.now().plusSeconds(600)).sign();
        return given().auth().oauth2(jwt).contentType(ContentType.JSON).body(Map.of("name", "large"))
                .post("/api/machines").then().statusCode(201).extract().path("");
    }

    private static int connect(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON).body(LARGE)
                .post("/api/agent/connect").statusCode();
    }
}
