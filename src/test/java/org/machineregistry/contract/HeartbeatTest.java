package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The heartbeats of a machine that the service knows already. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HeartbeatTest {
    private static final String HEARTBEAT = "POST " + Api.HEARTBEAT;
    private static final List<String> WRONG_BODIES = List.of("{\"assistantCount\":-1}", "{\"assistantCount\":100001}",
            "{\"assistantCount\":1.5}", "{\"assistantCount\":\"1\"}", "{\"assistantCount\":true}",
            "{\"assistantCount\":1,\"assistantCount\":2}", "[]", "{\"assistantCount\":1}}", "{",
            "{\"later\":\"\\ud800\"}");

    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void a_machine_connects() {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", "Accept: application/json", "Accept: application/*;q=0.5",
            "Content-Length: 0",
            "Accept: text/html, application/json; charset=utf-8", "Content-Type: text/plain\r\nContent-Length: 0",
            "Accept-Encoding: gzip", "Content-Type: application/json\r\nTransfer-Encoding: chunked"})
    void one_without_a_body_is_told_when_to_beat_next(String header) {
        byte[] end = header.endsWith("chunked") ? "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0];

        assertHeard(RawHttp.send(HEARTBEAT, bearer() + header + "\r\n", end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"assistantCount\":null}", "{\"assistantCount\":0}", "{\"later\":[1]}",
            "{\"assistantCount\":100000}"})
    void so_is_one_with_a_body(String body) {
        assertHeard(RawHttp.json(HEARTBEAT, bearer(), body));
    }

    private static void assertHeard(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).isEqualTo("{\"heartbeatSeconds\":15,\"ttlSeconds\":45}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "                                                                               7"})
    void the_count_is_kept(String count) {
        machine.sends("{\"assistantCount\":" + count + "}").post(Api.HEARTBEAT).then().statusCode(200);

        await().pollInterval(50, MILLISECONDS)
                .until(() -> Integer.valueOf(7).equals(owner.details(machine).path("assistantCount")));
    }

    @Test
    void a_count_in_chunks_is_kept() {
        String chunked = bearer() + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
        byte[] body = "14\r\n{\"assistantCount\":8}\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(RawHttp.send(HEARTBEAT, chunked, body).status()).isEqualTo(200);

        await().pollInterval(50, MILLISECONDS)
                .until(() -> Integer.valueOf(8).equals(owner.details(machine).path("assistantCount")));
    }

    @Test
    void a_connect_that_says_no_number_of_assistants_leaves_the_one_of_the_heartbeat_before() {
        machine.sends(Map.of("assistantCount", 3)).post(Api.HEARTBEAT).then().statusCode(200);
        machine.request().post(Api.CONNECT).then().statusCode(200);

        await().atMost(5, SECONDS).pollInterval(20, MILLISECONDS)
                .until(() -> Integer.valueOf(3).equals(owner.details(machine).path("assistantCount")));
    }

    @Test
    void a_wrong_body_is_refused_and_nothing_of_it_kept() {
        machine.sends(Map.of("assistantCount", 5)).post(Api.CONNECT).then().statusCode(200);

        for (String body : WRONG_BODIES) {
            RawHttp.Answer refusal = RawHttp.json(HEARTBEAT, bearer(), body);
            assertThat(refusal.status()).as(body).isEqualTo(400);
            assertThat(refusal.isProblem()).as(body).isTrue();
        }

        // Its count and its time are written together.
        long before = owner.details(machine).path("lastSeen");
        assertThat(machine.beats()).isEqualTo(200);
        await().pollInterval(50, MILLISECONDS)
                .until(() -> owner.details(machine).<Long>path("lastSeen") > before);
        owner.details(machine).then().body("assistantCount", equalTo(5));
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 415", "application/json-seq, 415", "'application/json;charset=utf-8', 200"})
    void a_body_is_judged_by_its_media_type(String mediaType, int status) {
        String headers = bearer() + "Content-Type: " + mediaType + "\r\nContent-Length: 2\r\n";

        assertThat(RawHttp.send(HEARTBEAT, headers, new byte[]{'{', '}'}).status()).isEqualTo(status);
    }

    @Test
    void what_the_address_and_the_headers_ask_for_is_not_passed_over() {
        assertThat(RawHttp.send(HEARTBEAT + "?at=once", bearer()).status()).isEqualTo(400);
        assertThat(RawHttp.send(HEARTBEAT, bearer() + "Accept: text/html\r\n").status()).isEqualTo(406);
        assertThat(RawHttp.send("GET " + Api.HEARTBEAT, bearer()).status()).isEqualTo(405);
        assertThat(RawHttp.send(HEARTBEAT, "").status()).isEqualTo(401);
    }

    @Test
    void after_ten_wrong_secrets_the_right_one_is_refused_too_until_the_minute_is_over() {
        String wrong = RawHttp.bearer(machine.machineId() + ":" + Api.anySecret());

        for (int i = 0; i < 10; i++) {
            assertThat(RawHttp.send(HEARTBEAT, wrong).status()).isEqualTo(401);
        }

        assertThat(RawHttp.send(HEARTBEAT, wrong).status()).isEqualTo(429);
        assertThat(machine.beats()).isEqualTo(429);
        assertThat(RawHttp.json(HEARTBEAT, bearer(), "{}").status()).isEqualTo(429);
    }

    @Test
    void a_stranger_is_refused_before_the_body_has_come() {
        String wrong = RawHttp.bearer(machine.machineId() + ":" + Api.anySecret());
        String headers = wrong + "Content-Type: application/json\r\nContent-Length: 20\r\n";

        assertThat(RawHttp.statusBeforeBody(HEARTBEAT, headers)).isEqualTo(401);
    }

    @Test
    void who_leaves_in_the_middle_of_a_body_is_no_failure_of_the_service() {
        double before = requests("RESET");

        RawHttp.leave(HEARTBEAT, bearer() + "Content-Type: application/json\r\nContent-Length: 20\r\n", "{");

        await().atMost(5, SECONDS).pollInterval(50, MILLISECONDS).until(() -> requests("RESET") > before);
        assertThat(requests("500")).isZero();
    }

    @Test
    void the_old_secret_ends_with_the_first_use_of_the_new_one() {
        Api.Registered rotated = Api.Registered.of(owner.request().post(Api.TOKEN, machine.machineId()));
        assertThat(machine.beats()).isEqualTo(200);

        assertThat(rotated.beats()).isEqualTo(200);

        assertThat(machine.beats()).isEqualTo(401);
        assertThat(rotated.beats()).isEqualTo(200);
    }

    @RepeatedTest(50)
    void a_machine_that_was_deleted_is_refused_at_once() {
        assertThat(machine.beats()).isEqualTo(200);

        owner.request().delete(Api.MACHINE, machine.machineId()).then().statusCode(204);

        assertThat(machine.beats()).isEqualTo(401);
    }

    private String bearer() {
        return RawHttp.bearer(machine.token());
    }

    private static double requests(String status) {
        return Api.elsewhere().get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count")
                        && line.contains("status=\"" + status + "\"")
                        && line.contains("uri=\"" + Api.HEARTBEAT + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
