package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** What another site can make a browser do with the user's cookie: nothing. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CrossSiteTest {
    private static final Map<String, String> MACHINE = Map.of("name", "build box");

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost", "http://localhost:1", "null", "", "nonsense",
            "https://localhost"})
    void a_foreign_origin_may_change_nothing(String origin) {
        Api.Person person = Api.Person.anyone();

        cookieOf(person).header("Origin", origin).contentType(ContentType.JSON).body(MACHINE).post(Api.MACHINES)
                .then()
                .statusCode(403)
                .body("title", equalTo("Forbidden"));
        Api.request().header("Origin", origin).post(Api.SESSIONS).then().statusCode(403);
        cookieOf(person).header("Origin", origin).delete(Api.CURRENT_SESSION).then().statusCode(403);

        person.list().then().body("size()", equalTo(0));
    }

    @Test
    void a_foreign_origin_may_not_rename_rotate_or_delete() {
        Api.Person person = Api.Person.anyone();
        Api.Registered machine = person.registers("build box");
        String foreign = "https://evil.example";

        cookieOf(person).header("Origin", foreign).contentType(ContentType.JSON).body(Map.of("name", "theirs"))
                .patch(Api.MACHINE, machine.machineId())
                .then()
                .statusCode(403);
        cookieOf(person).header("Origin", foreign).post(Api.TOKEN, machine.machineId()).then().statusCode(403);
        cookieOf(person).header("Origin", foreign).delete(Api.MACHINE, machine.machineId()).then().statusCode(403);

        person.details(machine).then().statusCode(200).body("name", equalTo("build box"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api;x=1/sessions", "/api;/sessions", "/api/sessions;x=1", "/api/sessions/current;x",
            "/api%3Bx=1/sessions", "/api%3b/sessions", "/api/sessions%3Bx=1", "/api/sessions/current%3Bx",
            "/api%2Fsessions", "/api%2fsessions/current", "/api%5Csessions", "/%5capi/sessions", "/api%253Bx/sessions",
            "/api/sessions%252Fcurrent", "/app/..%2Fapi/sessions", "/app%2F..%2Fapi/sessions"})
    void no_other_spelling_of_a_path_leads_around_that(String path) {
        String headers = "Origin: https://evil.example\r\nContent-Length: 0\r\n";

        assertThat(RawHttp.send("POST " + path, headers).status()).isEqualTo(404);
        assertThat(RawHttp.send("DELETE " + path, headers).status()).isEqualTo(404);
    }

    @Test
    void who_comes_to_an_address_that_the_service_does_not_know_is_told_what_was_seen_and_what_to_set() {
        Api.request().header("Origin", "https://machines.example.org").post(Api.SESSIONS).then()
                .statusCode(403)
                .body("detail", equalTo("You came to https://machines.example.org, and the service saw " + ownOrigin()
                        + ". If people reach it there, whoever runs it can set service.url=https://machines.example.org."))
                .body("setting", equalTo("service.url=https://machines.example.org"));
    }

    @Test
    void the_own_origin_may() {
        Api.Person person = Api.Person.anyone();

        cookieOf(person).header("Origin", ownOrigin()).contentType(ContentType.JSON).body(MACHINE).post(Api.MACHINES)
                .then()
                .statusCode(201);
        Api.request().header("Origin", ownOrigin()).post(Api.SESSIONS).then().statusCode(201);
    }

    @Test
    void a_request_without_an_origin_may() {
        cookieOf(Api.Person.anyone()).contentType(ContentType.JSON).body(MACHINE).post(Api.MACHINES).then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "x"})
    void a_form_may_change_nothing(String mediaType) {
        Api.Person person = Api.Person.anyone();
        String headers = "Cookie: " + Api.cookieName() + "=" + person.jwt() + "\r\nContent-Type: " + mediaType
                + "\r\nContent-Length: 12\r\n";
        byte[] body = "{\"name\":\"a\"}".getBytes();

        for (String request : List.of("POST /api/machines", "POST /api/sessions", "DELETE /api/sessions/current")) {
            RawHttp.Answer answer = RawHttp.send(request, headers, body);

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.isProblem()).isTrue();
        }
        person.list().then().body("size()", equalTo(0));
    }

    @Test
    void no_body_is_of_no_media_type() {
        Api.Person person = Api.Person.anyone();
        String headers = "Cookie: " + Api.cookieName() + "=" + person.jwt()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n";

        assertThat(RawHttp.send("POST /api/sessions", headers).status()).isEqualTo(201);
        assertThat(RawHttp.send("DELETE /api/sessions/current", headers).status()).isEqualTo(204);
    }

    @Test
    void json_may_come_with_a_charset() {
        oddCookieOf(Api.Person.anyone()).contentType("Application/JSON; charset=utf-8").body("{\"name\":\"a\"}")
                .post(Api.MACHINES)
                .then()
                .statusCode(201);
    }

    @Test
    void a_request_with_an_authorization_header_is_no_forgery() {
        Api.Person person = Api.Person.anyone();

        person.sends(MACHINE).header("Origin", "https://evil.example").post(Api.MACHINES).then().statusCode(201);
    }

    @Test
    void a_foreign_origin_may_ask_but_not_read() {
        cookieOf(Api.Person.anyone()).header("Origin", "https://evil.example").get(Api.MACHINES).then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(null));
    }

    @Test
    void a_preflight_of_a_foreign_origin_is_a_problem() {
        Api.elsewhere()
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .options(Api.MACHINES)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    private static RequestSpecification cookieOf(Api.Person person) {
        return Api.requestWithCookie(person.jwt());
    }

    private static RequestSpecification oddCookieOf(Api.Person person) {
        return Api.oddRequest().header("Cookie", Api.cookieName() + "=" + person.jwt());
    }

    private static String ownOrigin() {
        return "http://localhost:" + RestAssured.port;
    }
}
