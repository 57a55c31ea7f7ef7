package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The machine's side over HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AgentTest {
    private static final List<String> PATHS = List.of(Api.CONNECT, Api.HEARTBEAT, Api.DISCONNECT);

    @Test
    void a_machine_that_connects_is_online() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        machine.sends(Map.of("hostname", "host")).post(Api.CONNECT).then()
                .statusCode(200)
                .body("machineId", equalTo(machine.machineId()))
                .body("name", equalTo("build box"))
                .body("heartbeatSeconds", equalTo(15))
                .body("ttlSeconds", equalTo(45));

        owner.details(machine).then().body("status", equalTo("online")).body("offlineReason", equalTo(null));
        owner.list().then().body("status", contains("online")).body("offlineReason", contains((Object) null));
    }

    @Test
    void what_a_machine_tells_is_kept() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        Map<String, Object> said = new LinkedHashMap<>(Map.of("rootDirectory", "/srv/\uD83D\uDDA5", "hostname", "h",
                "os", "x".repeat(1024), "agentVersion", "1.0", "assistantCount", 100_000));

        machine.sends(said).post(Api.CONNECT).then().statusCode(200);
        machine.sends(Map.of("agentVersion", "1.1")).post(Api.CONNECT).then().statusCode(200);

        owner.details(machine).then()
                .body("rootDirectory", equalTo(said.get("rootDirectory")))
                .body("hostname", equalTo("h"))
                .body("os", equalTo(said.get("os")))
                .body("agentVersion", equalTo("1.1"))
                .body("assistantCount", equalTo(100_000));
    }

    @Test
    void a_machine_may_connect_without_a_body() {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        machine.request().post(Api.CONNECT).then().statusCode(200);
    }

    @Test
    void no_body_is_of_no_media_type() {
        Api.Registered machine = Api.Person.anyone().registers("build box");
        String headers = RawHttp.bearer(machine.token())
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n";

        assertThat(RawHttp.send("POST " + Api.HEARTBEAT, headers).status()).isEqualTo(200);
    }

    @Test
    void chunks_that_hold_nothing_are_no_body_either() {
        Api.Registered machine = Api.Person.anyone().registers("build box");
        String headers = RawHttp.bearer(machine.token())
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";

        for (String path : PATHS) {
            assertThat(RawHttp.send("POST " + path, headers, "0\r\n\r\n".getBytes()).status())
                    .isEqualTo(path.equals(Api.DISCONNECT) ? 204 : 200);
        }
    }

    @Test
    void a_token_may_come_by_basic() {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        for (String path : PATHS) {
            Api.oddRequest().auth().preemptive().basic(machine.machineId(), machine.secret()).post(path).then()
                    .statusCode(path.equals(Api.DISCONNECT) ? 204 : 200);
        }
    }

    @Test
    void a_heartbeat_turns_a_machine_online_that_never_connected() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        machine.request().post(Api.HEARTBEAT).then().statusCode(200).body("heartbeatSeconds", equalTo(15))
                .body("ttlSeconds", equalTo(45));

        await().pollInterval(20, MILLISECONDS).until(() -> owner.statusOf(machine).equals("online"));
    }

    @Test
    void a_heartbeat_is_seen_as_the_last_one() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);
        long connected = owner.details(machine).path("lastSeen");

        machine.sends(Map.of("assistantCount", 7)).post(Api.HEARTBEAT).then().statusCode(200);

        await().pollInterval(50, MILLISECONDS)
                .until(() -> owner.details(machine).<Long>path("lastSeen") > connected);
        owner.details(machine).then().body("assistantCount", equalTo(7));
    }

    @Test
    void a_heartbeat_without_a_count_leaves_it() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.sends(Map.of("assistantCount", 5)).post(Api.CONNECT).then().statusCode(200);
        long connected = owner.details(machine).path("lastSeen");

        machine.sends("{\"assistantCount\":null}").post(Api.HEARTBEAT).then().statusCode(200);

        await().pollInterval(50, MILLISECONDS)
                .until(() -> owner.details(machine).<Long>path("lastSeen") > connected);
        owner.details(machine).then().body("assistantCount", equalTo(5));
    }

    @Test
    void a_machine_that_disconnects_is_offline_at_once_and_may_come_back() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);

        machine.request().post(Api.DISCONNECT).then().statusCode(204);

        owner.details(machine).then().body("status", equalTo("offline")).body("offlineReason", equalTo("disconnected"));
        machine.request().post(Api.CONNECT).then().statusCode(200);
        owner.details(machine).then().body("status", equalTo("online"));
    }

    @Test
    void the_last_word_counts_however_quickly_words_follow() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        for (int i = 0; i < 10; i++) {
            machine.request().post(Api.HEARTBEAT).then().statusCode(200);
            machine.request().post(Api.DISCONNECT).then().statusCode(204);

            owner.details(machine).then().body("offlineReason", equalTo("disconnected"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"assistantCount\":-1}", "{\"assistantCount\":100001}", "{\"assistantCount\":1.5}",
            "{\"assistantCount\":\"1\"}", "{\"assistantCount\":true}", "{\"assistantCount\":99999999999}"})
    void a_count_out_of_range_is_refused(String body) {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        for (String path : List.of(Api.CONNECT, Api.HEARTBEAT)) {
            machine.sends(body).post(path).then().statusCode(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rootDirectory", "hostname", "os", "agentVersion"})
    void a_text_that_is_too_long_or_cannot_be_kept_is_refused(String field) {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        for (String text : List.of("x".repeat(1025), "a\\u0000b", "\\ud800")) {
            machine.sends("{\"" + field + "\":\"" + text + "\"}").post(Api.CONNECT).then().statusCode(400)
                    .body("violations.field", contains(field));
        }
    }

    @ParameterizedTest
    @CsvSource({"hostname, 341", "os, 341", "agentVersion, 341", "rootDirectory, 682"})
    void of_a_text_of_many_bytes_the_beginning_is_kept(String field, int kept) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        machine.sends(Map.of(field, "\u4e2d".repeat(1024))).post(Api.CONNECT).then().statusCode(200);

        owner.details(machine).then().body(field, equalTo("\u4e2d".repeat(kept)));
    }

    @Test
    void what_nobody_could_see_of_a_text_is_replaced() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        machine.sends(Map.of("hostname", "a\u202eb", "os", "Linux\n6", "rootDirectory", "/bu\u0308ro"))
                .post(Api.CONNECT)
                .then()
                .statusCode(200);

        owner.details(machine).then().body("hostname", equalTo("a\ufffdb")).body("os", equalTo("Linux 6"))
                .body("rootDirectory", equalTo("/b\u00fcro"));
    }

    @Test
    void every_wrong_token_gets_the_same_refusal_byte_for_byte() {
        Api.Registered machine = Api.Person.anyone().registers("build box");
        String wrongSecret = heartbeat(machine.machineId() + ":" + Api.anySecret());

        assertThat(wrongSecret).startsWith("HTTP/1.1 401 ");
        assertThat(heartbeat(Api.anyMachineId() + ":" + machine.secret())).isEqualTo(wrongSecret);
        assertThat(heartbeat(machine.machineId())).isEqualTo(wrongSecret);
        assertThat(heartbeat(machine.machineId() + ":")).isEqualTo(wrongSecret);
        assertThat(heartbeat(":" + machine.secret())).isEqualTo(wrongSecret);
        assertThat(heartbeat(machine.token() + "x")).isEqualTo(wrongSecret);
        assertThat(heartbeat("")).isEqualTo(wrongSecret);
    }

    @Test
    void a_users_session_is_no_machines_credential() {
        Api.Person owner = Api.Person.anyone();

        for (String path : PATHS) {
            owner.request().post(path).then().statusCode(401);
            Api.oddRequest().header("Cookie", Api.cookieName() + "=" + owner.jwt()).post(path).then().statusCode(401);
            Api.oddRequest().post(path).then().statusCode(401);
        }
    }

    @Test
    void after_10_failures_the_address_is_refused_for_that_machine_whatever_it_presents() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        Api.Registered another = owner.registers("another");
        RequestSpecification wrong = Api.request(machine.machineId() + ":" + Api.anySecret());

        for (int i = 0; i < 10; i++) {
            wrong.post(Api.HEARTBEAT).then().statusCode(401);
        }

        Response limited = wrong.post(Api.HEARTBEAT);
        limited.then().statusCode(429);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 60);
        for (String path : PATHS) {
            wrong.post(path).then().statusCode(429).body("title", equalTo("Too Many Requests"));
            machine.request().post(path).then().statusCode(429);
        }
        assertThat(RawHttp.send("GET /api/agent/socket", RawHttp.bearer(machine.token())
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n").status()).isEqualTo(429);
        assertThat(another.beats()).isEqualTo(200);
    }

    @Test
    void a_machine_that_does_not_exist_is_slowed_down_just_alike() {
        RequestSpecification unknown = Api.request(Api.anyMachineId() + ":" + Api.anySecret());

        for (int i = 0; i < 10; i++) {
            unknown.post(Api.HEARTBEAT).then().statusCode(401);
        }

        unknown.post(Api.HEARTBEAT).then().statusCode(429);
    }

    private static String heartbeat(String token) {
        RawHttp.Answer answer = RawHttp.send("POST /api/agent/heartbeat",
                RawHttp.bearer(token) + "Content-Length: 0\r\n");
        return answer.head() + "\r\n\r\n" + answer.body();
    }
}
