package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

/** What connect, heartbeat and disconnect have in common: how they are asked, and what is said where that is wrong. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AgentRequestsTest {
    private static final int LIMIT = 64 * 1024;

    private Api.Registered machine;

    @BeforeEach
    void a_machine_is_registered() {
        machine = Api.Person.anyone().registers("build box");
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.CONNECT, Api.HEARTBEAT, Api.DISCONNECT})
    void another_method_is_told_which_one_is_taken(String path) {
        for (String method : new String[]{"GET", "PUT", "DELETE", "PATCH"}) {
            asked().request(method, path).then()
                    .statusCode(405)
                    .header("Allow", "OPTIONS, POST")
                    .contentType("application/problem+json");
        }
        asked().head(path).then().statusCode(405).header("Allow", "OPTIONS, POST");
        Api.elsewhere().options(path).then()
                .statusCode(200)
                .header("Allow", "OPTIONS, POST")
                .header("Cache-Control", "no-store");
    }

    @Test
    void the_socket_is_told_which_one_is_taken_too() {
        asked().post("/api/agent/socket").then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS");
        asked().get("/api/agent/socket").then().statusCode(426).header("Upgrade", "websocket");
        Api.elsewhere().get("/api/agent/socket").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.CONNECT, Api.HEARTBEAT, Api.DISCONNECT})
    void a_body_of_another_media_type_is_refused(String path) {
        String headers = RawHttp.bearer(machine.token()) + "Content-Type: text/plain\r\nContent-Length: 2\r\n";

        RawHttp.Answer refusal = RawHttp.send("POST " + path, headers, new byte[]{'{', '}'});

        assertThat(refusal.status()).isEqualTo(415);
        assertThat(refusal.isProblem()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";charset=utf-8", ";;;", "; charset=nonsense"})
    void json_may_have_parameters(String parameters) {
        String headers = RawHttp.bearer(machine.token()) + "Content-Type: Application/JSON" + parameters
                + "\r\nContent-Length: 2\r\n";

        assertThat(RawHttp.send("POST " + Api.CONNECT, headers, new byte[]{'{', '}'}).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({Api.CONNECT + ", 406", Api.HEARTBEAT + ", 406", Api.DISCONNECT + ", 204"})
    void who_takes_no_json_gets_none(String path, int status) {
        asked().accept("text/html, application/problem+json").post(path).then().statusCode(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.CONNECT, Api.HEARTBEAT, Api.DISCONNECT})
    void there_are_no_parameters(String path) {
        asked().post(path + "?at=once").then().statusCode(400).body("violations.field", contains("at"));
        assertThat(RawHttp.send("POST " + path + "?", RawHttp.bearer(machine.token())).status())
                .isEqualTo(path.equals(Api.DISCONNECT) ? 204 : 200);
        assertThat(RawHttp.send("POST " + path + "?x=%ff", RawHttp.bearer(machine.token())).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.CONNECT, Api.HEARTBEAT, Api.DISCONNECT})
    void a_body_is_read_up_to_64_kib(String path) {
        String start = "{\"later\":\"";

        assertThat(send(path, start + "x".repeat(LIMIT - start.length() - 2) + "\"}"))
                .isEqualTo(path.equals(Api.DISCONNECT) ? 204 : 200);
        assertThat(send(path, start + "x".repeat(LIMIT) + "\"}")).isEqualTo(413);
    }

    private int send(String path, String body) {
        return RawHttp.json("POST " + path, RawHttp.bearer(machine.token()), body).status();
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.CONNECT, Api.HEARTBEAT, Api.DISCONNECT})
    void what_is_wrong_with_a_body_is_said(String path) {
        asked().contentType("application/json").body("{\"instanceId\":1}").post(path).then()
                .statusCode(400)
                .body("violations.field", contains("instanceId"))
                .body("violations.message", contains("must be a string"));
        asked().contentType("application/json").body("{\"instanceId\":\"" + "x".repeat(1025) + "\"}").post(path).then()
                .statusCode(400)
                .body("violations.field", contains("instanceId"))
                .body("violations.message", contains("must be at most 1024 characters"));
        asked().contentType("application/json").body("{\"instanceId\":").post(path).then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo("The request is not valid."))
                .body("violations", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agent/nothing", "/api/agent/connect/x", "/api/agent/"})
    void a_token_is_looked_at_also_where_there_is_nothing(String path) {
        String wrong = machine.machineId() + ":" + Api.anySecret();

        Api.elsewhere().auth().oauth2(wrong).get(path).then().statusCode(401);
        Api.elsewhere().auth().oauth2(Api.Person.anyone().jwt()).get(path).then().statusCode(401);
        asked().get(path).then().statusCode(404);
    }

    private RequestSpecification asked() {
        return Api.elsewhere().auth().oauth2(machine.token());
    }
}
