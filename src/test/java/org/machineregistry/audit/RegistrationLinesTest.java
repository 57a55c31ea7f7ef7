package org.machineregistry.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The lines that machines leave from when they are registered on. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RegistrationLinesTest {
    private static final String MACHINES = "/api/machines";
    private static final String ADDRESS = " address=127.0.0.1";

    private final LinesOfLog log = new LinesOfLog();

    @Inject
    Audit audit;

    private String person;
    private String session;

    @BeforeEach
    void somebody_is_there_and_the_log_is_read() {
        Response started = given().post("/api/sessions");
        person = started.path("userId");
        session = started.path("token");
        // What other tests did in this minute leaves no room for more lines.
        audit.summarise();
        Logger.getLogger(Audit.CATEGORY).addHandler(log);
    }

    @AfterEach
    void the_log_is_left_as_it_was() {
        Logger.getLogger(Audit.CATEGORY).removeHandler(log);
    }

    @Test
    void a_machine_that_is_registered_leaves_a_line_without_its_token() {
        Response machine = sends(Map.of("name", "secret name")).post(MACHINES);

        assertThat(machine.statusCode()).isEqualTo(201);
        assertThat(lines()).containsExactly("machine_registered machine=" + machine.path("machineId") + " person="
                + person + ADDRESS);
        assertThat(log.lines.toString()).doesNotContain(machine.<String>path("token"), "secret name");
    }

    @Test
    void an_array_leaves_one_line_with_the_ids_of_all_its_machines() {
        List<String> ids = sends(List.of(Map.of("name", "a"), Map.of("name", "b"), Map.of("name", "c")))
                .post(MACHINES).then().statusCode(201).extract().path("machineId");

        assertThat(lines()).containsExactly(
                "machine_registered machines=3 ids=" + String.join(",", ids) + " person=" + person + ADDRESS);
    }

    @Test
    void what_was_not_registered_leaves_no_line() {
        String machineId = UUID.randomUUID().toString();
        sends(Map.of("name", "a", "machineId", machineId)).post(MACHINES).then().statusCode(201);
        log.lines.clear();

        sends(Map.of("name", "b", "machineId", machineId)).post(MACHINES).then().statusCode(409);
        sends(List.of(Map.of("name", "c"), Map.of("name", "d", "machineId", machineId))).post(MACHINES).then()
                .statusCode(409);
        sends(Map.of()).post(MACHINES).then().statusCode(400);

        assertThat(lines()).isEmpty();
    }

    @Test
    void a_machine_that_enrols_leaves_a_line_with_its_key_however_often_it_asks() {
        Response key = sends(Map.of("name", "fleet", "expiresInSeconds", 600)).post("/api/enrolment-keys");
        String machineId = UUID.randomUUID().toString();
        String secret = UUID.randomUUID().toString();
        log.lines.clear();

        enrols(key.path("key"), machineId, secret, 201);
        enrols(key.path("key"), machineId, secret, 200);

        assertThat(lines()).containsExactly("machine_enrolled machine=" + machineId + " key=" + key.path("keyId")
                + " person=" + person + ADDRESS);
        assertThat(log.lines.toString()).doesNotContain(key.<String>path("key"), secret);
    }

    @Test
    void another_name_leaves_a_line_and_the_same_one_does_not() {
        String machineId = sends(Map.of("name", "a")).post(MACHINES).path("machineId");
        log.lines.clear();

        sends(Map.of("name", "a")).patch(MACHINES + "/" + machineId).then().statusCode(200);
        sends(Map.of("alertAfterSeconds", 60)).patch(MACHINES + "/" + machineId).then().statusCode(200);
        assertThat(lines()).isEmpty();
        sends(Map.of("name", "b")).patch(MACHINES + "/" + machineId).then().statusCode(200);

        assertThat(lines()).containsExactly("machine_renamed machine=" + machineId + " person=" + person + ADDRESS);
    }

    private RequestSpecification sends(Object body) {
        return given().auth().oauth2(session).contentType(ContentType.JSON).body(body);
    }

    private static void enrols(String key, String machineId, String secret, int expected) {
        given().auth().oauth2(key).contentType(ContentType.JSON)
                .body(Map.of("machineId", machineId, "secret", secret, "name", "a")).post("/api/agent/enrol").then()
                .statusCode(expected);
    }

    private List<String> lines() {
        return log.of(person);
    }
}
