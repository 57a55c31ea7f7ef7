package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** What an operator can set. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@WithTestResource(TestDatabase.class)
class OtherSettingsTest {
    private static final String OVER_TLS = "__Host-machine_registry";
    private static final Duration TTL = Duration.ofSeconds(OtherSettings.TTL_SECONDS);
    // What the contract grants, and what a busy machine may add.
    private static final Duration LATEST = TTL.plusSeconds(3).plusSeconds(2);

    @Test
    void machines_are_told_the_pace_that_was_set() {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        machine.request().post(Api.CONNECT).then().statusCode(200).body("heartbeatSeconds", equalTo(1))
                .body("ttlSeconds", equalTo(OtherSettings.TTL_SECONDS));
    }

    @Test
    void a_silent_machine_is_offline_after_its_ttl_and_not_before() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        long before = System.nanoTime();
        machine.request().post(Api.CONNECT).then().statusCode(200);
        long after = System.nanoTime();

        await().atMost(LATEST.plusSeconds(5)).pollInterval(50, MILLISECONDS)
                .until(() -> owner.statusOf(machine).equals("offline"));

        long offline = System.nanoTime();
        owner.details(machine).then().body("offlineReason", equalTo("missed_heartbeats"));
        assertThat(Duration.ofNanos(offline - before)).isGreaterThanOrEqualTo(TTL);
        assertThat(Duration.ofNanos(offline - after)).isLessThanOrEqualTo(LATEST);
    }

    @Test
    void a_machine_that_beats_stays_online() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);
        long lastWord = System.nanoTime() + TTL.multipliedBy(3).toNanos();

        await().atMost(LATEST.multipliedBy(3)).pollInterval(500, MILLISECONDS).until(() -> {
            assertThat(machine.beats()).isEqualTo(200);
            assertThat(owner.statusOf(machine)).isEqualTo("online");
            return System.nanoTime() > lastWord;
        });
    }

    @Test
    void the_address_of_a_machine_is_the_one_that_it_last_came_from() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("laptop");
        machine.request().header("X-Forwarded-For", "192.0.2.1").post(Api.CONNECT).then().statusCode(200);
        owner.details(machine).then().body("address", equalTo("192.0.2.1"));

        machine.request().header("X-Forwarded-For", "2001:db8::7").post(Api.HEARTBEAT).then().statusCode(200);

        await().pollInterval(100, MILLISECONDS)
                .untilAsserted(() -> owner.details(machine).then().body("address", equalTo("2001:db8:0:0:0:0:0:7")));
        machine.request().header("X-Forwarded-For", "192.0.2.3").contentType(ContentType.JSON)
                .body(Map.of("assistants", List.of())).put(Api.ASSISTANTS).then()
                .statusCode(204);
        owner.details(machine).then().body("address", equalTo("192.0.2.3"));
    }

    @Test
    void a_silent_machine_comes_back_with_a_heartbeat() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);
        await().atMost(LATEST.plusSeconds(5)).pollInterval(100, MILLISECONDS)
                .until(() -> owner.statusOf(machine).equals("offline"));

        assertThat(machine.beats()).isEqualTo(200);

        await().pollInterval(20, MILLISECONDS).until(() -> owner.statusOf(machine).equals("online"));
    }

    @Test
    void a_token_is_shared_for_as_long_as_both_agents_are_heard() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        for (String instance : List.of("first", "second", "first")) {
            machine.sends(Map.of("instanceId", instance, "hostname", instance)).post(Api.CONNECT).then()
                    .statusCode(200);
        }
        assertThat(owner.list().<List<String>>path("[0].sharedBy")).containsExactly("first", "second");

        await().atMost(LATEST.plusSeconds(5)).pollInterval(200, MILLISECONDS).until(() -> {
            machine.sends(Map.of("instanceId", "first")).post(Api.HEARTBEAT).then().statusCode(200);
            return owner.list().path("[0].sharedBy") == null;
        });

        assertThat(owner.statusOf(machine)).isEqualTo("online");
    }

    @Test
    void a_rotated_token_dies_when_the_overlap_is_over() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");
        assertThat(old.beats()).isEqualTo(200);
        long before = System.nanoTime();

        Api.Registered young = owner.rotates(old);
        assertThat(old.beats()).isEqualTo(200);

        await().atMost(OtherSettings.ROTATION_OVERLAP_SECONDS + 2, SECONDS).pollInterval(100, MILLISECONDS)
                .until(() -> old.beats() == 401);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(OtherSettings.ROTATION_OVERLAP_SECONDS));
        assertThat(young.beats()).isEqualTo(200);
        assertThat(old.beats()).isEqualTo(401);
    }

    @Test
    void a_socket_of_a_rotated_token_is_closed_when_the_overlap_is_over() throws Exception {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");
        try (RawSocket socket = new RawSocket(old.token())) {
            assertThat(socket.send("{\"type\":\"connect\"}").nextText()).startsWith("{\"type\":\"connected\"");
            long before = System.nanoTime();
            owner.rotates(old);
            long after = System.nanoTime();

            RawSocket.Close close = socket.awaitClose();

            long closed = System.nanoTime();
            assertThat(close.code()).isEqualTo(4401);
            assertThat(Duration.ofNanos(closed - before))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(OtherSettings.ROTATION_OVERLAP_SECONDS));
            assertThat(Duration.ofNanos(closed - after))
                    .isLessThanOrEqualTo(Duration.ofSeconds(OtherSettings.ROTATION_OVERLAP_SECONDS + 2));
        }
    }

    @Test
    void an_owner_has_no_more_machines_than_the_quota() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered first = owner.registers("1");
        for (int i = 2; i <= OtherSettings.QUOTA; i++) {
            owner.registers(String.valueOf(i));
        }

        owner.sends(Map.of("name", "one too many")).post(Api.MACHINES).then().statusCode(403)
                .body("title", equalTo("Forbidden"));

        Api.Person.anyone().registers("of another owner");
        owner.request().delete(Api.MACHINE, first.machineId()).then().statusCode(204);
        owner.registers("now there is room");
    }

    @Test
    void a_team_has_no_more_machines_than_the_quota_whoever_registers_them_or_hands_them_over() {
        String team = Members.anyTeam();
        Api.Person admin = Members.of(team + ":admin");
        for (int i = 0; i < OtherSettings.QUOTA; i++) {
            Members.of(team).sends(Map.of("name", "a", "owner", "team:" + team)).post(Api.MACHINES).then()
                    .statusCode(201);
        }
        Api.Registered mine = admin.registers("mine");

        admin.sends(Map.of("name", "a", "owner", "team:" + team)).post(Api.MACHINES).then().statusCode(403)
                .body("detail", containsString("An owner may have " + OtherSettings.QUOTA + " machines"));
        admin.sends(Map.of("owner", "team:" + team, "name", "new")).patch(Api.MACHINE, mine.machineId()).then()
                .statusCode(403)
                .body("detail", containsString("An owner may have " + OtherSettings.QUOTA + " machines"));

        admin.details(mine).then().statusCode(200).body("owner", equalTo(admin.userId())).body("name", equalTo("mine"));
    }

    @Test
    void the_quota_holds_for_those_who_come_together() throws Exception {
        Api.Person owner = Api.Person.anyone();

        List<Integer> answers = Crowd.atOnce(10 * OtherSettings.QUOTA,
                () -> owner.sends(Map.of("name", "m")).post(Api.MACHINES).statusCode());

        assertThat(answers).containsOnly(201, 403);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(OtherSettings.QUOTA);
        owner.list().then().body("size()", equalTo(OtherSettings.QUOTA));
    }

    @Test
    void a_session_lasts_as_long_as_was_set() {
        Response session = Api.request().post(Api.SESSIONS);

        assertThat(session.detailedCookie(Api.cookieName()).getMaxAge()).isBetween(3_540L, 3_600L);
    }

    @Test
    void behind_a_trusted_proxy_with_tls_the_cookie_is_secure() {
        Response session = Api.request().header("X-Forwarded-Proto", "https").post(Api.SESSIONS);
        Response ended = Api.requestWithCookie("x").header("X-Forwarded-Proto", "https").delete(Api.CURRENT_SESSION);

        assertThat(session.detailedCookie(OVER_TLS).isSecured()).isTrue();
        assertThat(session.detailedCookie(OVER_TLS).getPath()).isEqualTo("/");
        assertThat(session.detailedCookie(OVER_TLS).hasDomain()).isFalse();
        assertThat(ended.detailedCookie(OVER_TLS).isSecured()).isTrue();
        assertThat(Api.request().post(Api.SESSIONS).detailedCookie(Api.cookieName()).isSecured()).isFalse();
    }

    @Test
    void behind_a_trusted_proxy_with_tls_another_cookie_opens_nothing() {
        Api.Person person = Api.Person.anyone();

        Api.requestWithCookie(person.jwt()).header("X-Forwarded-Proto", "https").get(Api.CURRENT_SESSION).then()
                .statusCode(401);
        Api.oddRequest().header("Cookie", OVER_TLS + "=" + person.jwt()).header("X-Forwarded-Proto", "https")
                .get(Api.CURRENT_SESSION).then()
                .statusCode(200)
                .body("userId", equalTo(person.userId()))
                .header("Strict-Transport-Security", equalTo("max-age=31536000"));
        Api.oddRequest().header("Cookie", OVER_TLS + "=" + person.jwt()).get(Api.CURRENT_SESSION).then()
                .statusCode(401)
                .header("Strict-Transport-Security", equalTo(null));
    }

    @Test
    void behind_a_trusted_proxy_the_own_origin_is_the_one_that_was_asked() {
        Api.request().header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "machines.example")
                .header("Origin", "https://machines.example")
                .post(Api.SESSIONS)
                .then()
                .statusCode(201);
        Api.request().header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "machines.example")
                .header("Origin", "http://localhost:" + RestAssured.port)
                .post(Api.SESSIONS)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Proto: x y", "X-Forwarded-Proto: ", "X-Forwarded-Proto: ://",
            "X-Forwarded-Host: a b", "X-Forwarded-Host: [", "X-Forwarded-Host: /%zz"})
    void what_a_proxy_says_that_makes_no_uri_is_a_problem(String header) {
        for (String request : List.of("GET /api/machines", "GET /api/machines/summary", "GET /agent.sh",
                "GET /agent.ps1")) {
            RawHttp.Answer answer = RawHttp.send(request, header + "\r\n");

            assertThat(answer.status()).as(request).isEqualTo(400);
            assertThat(answer.isProblem()).isTrue();
        }
    }

    @Test
    void another_front_end_may_change_things_and_read() {
        Api.Person person = Api.Person.anyone();

        Api.requestWithCookie(person.jwt()).header("Origin", OtherSettings.FRONT_END).contentType(ContentType.JSON)
                .body(Map.of("name", "build box"))
                .post(Api.MACHINES)
                .then()
                .statusCode(201)
                .header("Access-Control-Allow-Origin", OtherSettings.FRONT_END);
        Api.request().header("Origin", "https://evil.example").post(Api.SESSIONS).then().statusCode(403);
    }

    @Test
    void another_front_end_may_ask_beforehand() {
        Api.elsewhere()
                .header("Origin", OtherSettings.FRONT_END)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "Authorization,Content-Type")
                .options(Api.MACHINES + "/0123456789")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", OtherSettings.FRONT_END);
    }
}
