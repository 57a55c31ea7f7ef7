package org.machineregistry.machine;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Somebody keeps a machine's row locked, as {@code select … for update} in a psql that was forgotten does. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@Timeout(30)
class LockedRowTest {
    private static final String MACHINES = "/api/machines";

    @Inject
    DataSource database;

    private String session;
    private String machineId;

    private record Operation(String name, BiFunction<RequestSpecification, String, Response> ask) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Operation> operations() {
        return Stream.of(
                new Operation("rename", (as, id) -> as.body("{\"name\":\"other\"}").patch(MACHINES + "/" + id)),
                new Operation("rotate", (as, id) -> as.body("{}").post(MACHINES + "/" + id + "/token")),
                new Operation("delete", (as, id) -> as.delete(MACHINES + "/" + id)));
    }

    @BeforeEach
    void register_a_machine() {
        session = given().post("/api/sessions").then().statusCode(201).extract().path("token");
        machineId = asOwner().body("{\"name\":\"build box\"}").post(MACHINES).then().statusCode(201).extract()
                .path("machineId");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void its_owner_is_told_to_try_again_and_waits_no_longer_than_a_while(Operation operation) throws SQLException {
        try (Connection psql = locking()) {
            operation.ask.apply(asOwner(), machineId)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("detail", containsString("could not do this in time"));
            psql.rollback();
        }

        asOwner().get(MACHINES + "/" + machineId).then().statusCode(200).body("name", equalTo("build box"));
    }

    @Test
    void others_are_renamed_meanwhile() throws SQLException {
        String other = asOwner().body("{\"name\":\"other\"}").post(MACHINES).then().extract().path("machineId");

        try (Connection psql = locking()) {
            asOwner().body("{\"name\":\"another\"}").patch(MACHINES + "/" + other).then().statusCode(200);
            psql.rollback();
        }
    }

    private RequestSpecification asOwner() {
        return given().header("Authorization", "Bearer " + session).contentType(ContentType.JSON);
    }

    private Connection locking() throws SQLException {
        Connection psql = database.getConnection();
        psql.setAutoCommit(false);
        try (PreparedStatement lock = psql.prepareStatement("""
                select set_config('idle_in_transaction_session_timeout', '0', true), m.machine_id
                from machine m where machine_id = ? for update""")) {
            lock.setString(1, machineId);
            lock.execute();
        }
        return psql;
    }
}
