package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Errors that no single operation is to blame for. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErrorsTest {
    private static final int LIMIT = 64 * 1024;
    private static final int LIMIT_OF_ARRAYS = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api", "/api/nothing", "/api/machines/a/b/c", "/api/sessions/other",
            "/api/agent/nothing", "/q/nothing"})
    void an_unknown_path_is_a_problem(String path) {
        Api.elsewhere().get(path).then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404))
                .body("title", equalTo("Not Found"))
                .body("type", equalTo("about:blank"));
    }

    /** It would be done, and its answer, with a token that is shown once, would be lost. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "text/csv", "text/event-stream", "application/xml"})
    void what_is_answered_with_json_is_not_done_for_who_takes_none(String accepted) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("a");

        for (String path : List.of(Api.MACHINES, Api.SESSIONS, Api.MACHINES + "/" + machine.machineId() + "/token")) {
            Api.elsewhere().header("Authorization", "Bearer " + owner.jwt()).accept(accepted)
                    .contentType("application/json").body("{\"name\":\"b\"}")
                    .post(path).then()
                    .statusCode(406)
                    .contentType("application/problem+json");
        }
        Api.elsewhere().header("Authorization", "Bearer " + owner.jwt()).accept(accepted).get(Api.MACHINES).then()
                // The list is that, too, which loses nothing.
                .statusCode(accepted.equals("text/csv") ? 200 : 406);
        Api.request(owner.jwt()).get(Api.MACHINES).then().body("size()", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({"PUT,/api/machines", "DELETE,/api/machines/events", "POST,/api/machines/summary", "PUT,/api/sessions",
            "POST,/api/sessions/current", "PUT,/api/machines/0123456789"})
    void a_method_that_an_address_does_not_take_is_a_problem(String method, String path) {
        Api.elsewhere()
                .header("Authorization", "Bearer " + Api.Person.anyone().jwt())
                .request(method, path)
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("status", equalTo(405));
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/agent/heartbeat", "PUT,/api/agent/connect", "DELETE,/api/agent/disconnect"})
    void so_it_is_for_machines(String method, String path) {
        Api.elsewhere()
                .header("Authorization", "Bearer " + Api.Person.anyone().registers("a").token())
                .request(method, path)
                .then()
                .statusCode(405)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"PUT,/api/machines,'DELETE, GET, HEAD, OPTIONS, PATCH, POST'",
            "PUT,/api/sessions,'DELETE, OPTIONS, POST'",
            "POST,/api/sessions/current,'DELETE, GET, HEAD, OPTIONS'",
            "PUT,/api/machines/0123456789,'DELETE, GET, HEAD, OPTIONS, PATCH'",
            "GET,/api/machines/0123456789/token,'OPTIONS, POST'", "POST,/agent.sh,'GET, HEAD, OPTIONS'",
            "POST,/agent.ps1,'GET, HEAD, OPTIONS'",
            "OPTIONS,/api/sessions,'DELETE, OPTIONS, POST'"})
    void an_address_says_which_methods_it_takes(String method, String path, String methods) {
        Api.elsewhere()
                .header("Authorization", "Bearer " + Api.Person.anyone().jwt())
                .request(method, path)
                .then()
                .statusCode(method.equals("OPTIONS") ? 200 : 405)
                .header("Allow", equalTo(methods));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "garbage"})
    void a_body_of_another_media_type_is_a_problem(String mediaType) {
        RawHttp.Answer answer = RawHttp.send("POST /api/machines", RawHttp.bearer(Api.Person.anyone().jwt())
                + "Content-Type: " + mediaType + "\r\nContent-Length: 12\r\n", "{\"name\":\"a\"}".getBytes());

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.isProblem()).isTrue();
    }

    @Test
    void of_a_body_that_nobody_reads_the_media_type_is_no_matter() {
        String jwt = RawHttp.bearer(Api.Person.anyone().jwt());

        for (String path : List.of("/api/machines", "/api/machines/summary", "/api/sessions/current")) {
            assertThat(RawHttp.send("GET " + path, jwt + "Content-Type: text/plain\r\nContent-Length: 2\r\n",
                    "{}".getBytes()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"name\":\"a\"", "nonsense", "{\"name\":\"a\"} x", "{'name':'a'}", "{name:1}",
            "\"\\x\"", "[", "{\"name\":\"a\",}"})
    void malformed_json_is_a_problem(String body) {
        Api.Person.anyone().sends(body).post(Api.MACHINES).then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Bad Request"))
                .body("detail", equalTo("The request is not valid."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[]", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}"})
    void so_it_is_where_no_field_is_read(String body) {
        Api.Person person = Api.Person.anyone();
        String token = RawHttp.bearer(person.registers("a").token());

        assertThat(RawHttp.json("POST /api/sessions", "", body).status()).isEqualTo(400);
        assertThat(RawHttp.json("POST /api/sessions", RawHttp.bearer(person.jwt()), body).status()).isEqualTo(400);
        assertThat(RawHttp.json("POST /api/agent/disconnect", token, body).status()).isEqualTo(400);
    }

    @Test
    void an_empty_object_is_as_good_as_no_body() {
        Api.Person person = Api.Person.anyone();

        assertThat(RawHttp.json("POST /api/sessions", "", "{}").status()).isEqualTo(201);
        assertThat(RawHttp.json("POST /api/agent/disconnect", RawHttp.bearer(person.registers("a").token()), "{}")
                .status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"a\",\"x\":\"\\u0000\"}", "{\"name\":\"a\",\"x\":\"\\ud800\"}",
            "{\"x\":[{\"y\":\"\\udc00\"}],\"name\":\"a\"}", "{\"name\":\"a\",\"x\":{\"\\ud800\":1}}",
            "{\"\\u0000\":1,\"name\":\"a\"}"})
    void text_that_cannot_be_kept_is_refused_also_where_nobody_reads_it(String body) {
        Api.Person person = Api.Person.anyone();

        person.sends(body).post(Api.MACHINES).then()
                .statusCode(400)
                .contentType("application/problem+json");

        assertThat(RawHttp.json("POST /api/agent/heartbeat", RawHttp.bearer(person.registers("a").token()), body)
                .status()).isEqualTo(400);
    }

    @Test
    void what_nobody_reads_is_ignored() {
        Api.Person.anyone().sends("{\"x\":[{\"y\":\"\\ud83d\\ude00\",\"z\":[1,null]}],\"name\":\"a\",\"w\":{}}")
                .post(Api.MACHINES)
                .then()
                .statusCode(201);
    }

    @Test
    void a_body_of_64_kib_is_not_too_large() {
        Api.Person person = Api.Person.anyone();
        String rename = "PATCH /api/machines/" + person.registers("m").machineId();

        assertThat(send(rename, person.jwt(), body(LIMIT)).status()).isEqualTo(200);
        assertThat(sendChunked(rename, person.jwt(), body(LIMIT)).status()).isEqualTo(200);
        String token = person.registers("m").token();
        assertThat(sendChunked("POST /api/agent/connect", token, body(LIMIT)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 10 * LIMIT})
    void a_larger_body_is_a_problem_however_its_length_is_told(int length) {
        Api.Person person = Api.Person.anyone();

        assertTooLarge("PATCH /api/machines/" + person.registers("m").machineId(), person.jwt(), body(length),
                "64 KiB");
    }

    @Test
    void an_array_of_machines_may_have_1_mib() {
        String jwt = Api.Person.anyone().jwt();

        assertThat(send("POST /api/machines", jwt, array(LIMIT_OF_ARRAYS)).status()).isEqualTo(201);
        assertThat(sendChunked("POST /api/machines", jwt, array(LIMIT_OF_ARRAYS)).status()).isEqualTo(201);
        assertTooLarge("POST /api/machines", jwt, array(LIMIT_OF_ARRAYS + 1), "1024 KiB");
    }

    @Test
    void one_machine_may_have_64_kib_where_an_array_may_have_more() {
        Api.Person person = Api.Person.anyone();

        assertThat(send("POST /api/machines", person.jwt(), body(LIMIT)).status()).isEqualTo(201);
        assertTooLarge("POST /api/machines", person.jwt(), body(LIMIT + 1), "64 KiB");
        assertTooLarge("POST /api/machines", person.jwt(), body(LIMIT_OF_ARRAYS), "64 KiB");

        person.list().then().body("size()", equalTo(1));
    }

    private static void assertTooLarge(String requestLine, String jwt, String body, String largest) {
        for (RawHttp.Answer answer : List.of(send(requestLine, jwt, body), sendChunked(requestLine, jwt, body))) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.isProblem()).isTrue();
            assertThat(answer.body()).contains("\"status\":413").contains("larger than " + largest);
        }
    }

    @Test
    void a_length_is_refused_before_the_body_is_sent() {
        RawHttp.Answer answer = RawHttp.send("POST /api/machines",
                RawHttp.bearer(Api.Person.anyone().jwt())
                        + "Content-Type: application/json\r\nContent-Length: 99999999999\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.isProblem()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/machines/%zz", "/api/machines/%", "/api/machines?q=%", "/api/machines?q=%1",
            "/api/machines/a|b", "/api/machines?q=<>", "/api/machines?q=\"", "/%", "/api/machines/{x}"})
    void an_address_that_is_no_uri_is_a_problem(String target) {
        RawHttp.Answer answer = RawHttp.send("GET " + target, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.body()).contains("\"title\":\"Bad Request\"");
    }

    private static RawHttp.Answer send(String requestLine, String bearer, String body) {
        return RawHttp.json(requestLine, RawHttp.bearer(bearer), body);
    }

    private static RawHttp.Answer sendChunked(String requestLine, String bearer, String body) {
        String half = body.substring(0, body.length() / 2);
        String rest = body.substring(body.length() / 2);
        String chunks = Integer.toHexString(half.length()) + "\r\n" + half + "\r\n"
                + Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n";
        return RawHttp.send(requestLine,
                RawHttp.bearer(bearer) + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                chunks.getBytes(StandardCharsets.US_ASCII));
    }

    private static String body(int length) {
        String start = "{\"name\":\"a\",\"rest\":\"";
        return start + "x".repeat(length - start.length() - 2) + "\"}";
    }

    private static String array(int length) {
        return "[" + body(length - 2) + "]";
    }
}
