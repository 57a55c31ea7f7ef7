package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;

/** Machines that register themselves with a key. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EnrolmentTest {
    private static final String KEYS = "/api/enrolment-keys";
    private static final String ENROL = "/api/agent/enrol";

    private Api.Person owner;

    @BeforeEach
    void somebody_has_no_machines() {
        owner = Api.Person.anyone();
    }

    /** What a machine keeps of itself. */
    private record Self(String machineId, String secret) {
        static Self any() {
            return new Self(Api.anyMachineId(), Api.anySecret());
        }

        Api.Registered registered() {
            return new Api.Registered(machineId, machineId + ":" + secret);
        }
    }

    private static Map<String, Object> made(Api.Person person, Map<String, ?> key) {
        return person.sends(key).post(KEYS).then().statusCode(201).header("Cache-Control", "no-store")
                .body("keyId", matchesPattern("[0-9a-z]{6}-[A-Za-z0-9_-]{21}-[A-Za-z0-9_-]{12}"))
                .body("key", matchesPattern("mre_[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+"))
                .extract().path("");
    }

    private String key(Map<String, ?> more) {
        Map<String, Object> key = new HashMap<>(Map.of("name", "rack 7"));
        key.putAll(more);
        return (String) made(owner, key).get("key");
    }

    private static ValidatableResponse enrol(String key, Self self, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of("machineId", self.machineId, "secret", self.secret));
        body.putAll(more);
        return odd(key, body);
    }

    private static ValidatableResponse odd(String key, Object body) {
        return Api.oddRequest(key).contentType(ContentType.JSON).body(body).post(ENROL).then();
    }

    @Test
    void a_machine_registers_itself_and_is_online() {
        Self self = Self.any();

        enrol(key(Map.of()), self, Map.of("hostname", "build-1", "os", "Linux", "assistantCount", 2)).statusCode(201)
                .body("machineId", equalTo(self.machineId))
                .body("name", equalTo("build-1"))
                .body("heartbeatSeconds", greaterThan(0))
                .body("ttlSeconds", greaterThan(0));

        owner.request().get(Api.MACHINES + "/" + self.machineId).then().statusCode(200)
                .body("status", equalTo("online"))
                .body("hostname", equalTo("build-1"))
                .body("os", equalTo("Linux"))
                .body("assistantCount", equalTo(2))
                .body("enrolledWith", matchesPattern("[0-9a-z]{6}-.{21}-.{12}"));
        assertThat(self.registered().beats()).isEqualTo(200);
    }

    @Test
    void it_may_have_a_name_of_its_own() {
        enrol(key(Map.of()), Self.any(), Map.of("hostname", "build-1", "name", " left box ")).statusCode(201)
                .body("name", equalTo("left box"));
    }

    @Test
    void a_long_or_odd_host_name_is_made_a_name() {
        enrol(key(Map.of()), Self.any(), Map.of("hostname", "x".repeat(99) + "\uD83D\uDE80".repeat(9))).statusCode(201)
                .body("name", equalTo("x".repeat(99) + "\uD83D\uDE80"));
        enrol(key(Map.of()), Self.any(), Map.of("hostname", "a\u0007b")).statusCode(201);
    }

    @Test
    void who_asks_again_is_the_same_machine() {
        String key = key(Map.of("uses", 1));
        Self self = Self.any();
        enrol(key, self, Map.of("hostname", "a")).statusCode(201);

        enrol(key, self, Map.of("hostname", "b")).statusCode(200).body("name", equalTo("a"));
        enrol(key(Map.of()), self, Map.of("hostname", "b")).statusCode(200);

        owner.request().get(Api.SUMMARY).then().body("total", equalTo(1));
    }

    @Test
    void another_secret_or_owner_is_another_machine() {
        Self self = Self.any();
        String key = key(Map.of());
        enrol(key, self, Map.of("name", "a")).statusCode(201);

        enrol(key, new Self(self.machineId, Api.anySecret()), Map.of("name", "a")).statusCode(409)
                .body("title", equalTo("Machine ID already exists"));
        owner = Api.Person.anyone();
        enrol(key(Map.of()), self, Map.of("name", "a")).statusCode(409);
    }

    @Test
    void of_many_at_once_with_one_id_there_is_one() throws Exception {
        String key = key(Map.of());
        Self self = Self.any();

        List<Integer> same = Crowd.atOnce(10, () -> enrol(key, self, Map.of("name", "a")).extract().statusCode());

        assertThat(same).containsOnly(201, 200).containsOnlyOnce(201);
        String id = Api.anyMachineId();
        List<Integer> others = Crowd.atOnce(10,
                () -> enrol(key, new Self(id, Api.anySecret()), Map.of("name", "a")).extract().statusCode());
        assertThat(others).containsOnly(201, 409).containsOnlyOnce(201);
        owner.request().get(Api.SUMMARY).then().body("total", equalTo(2));
    }

    @Test
    void as_many_come_with_a_key_as_it_allows() throws Exception {
        String key = key(Map.of("uses", 3));
        AtomicInteger number = new AtomicInteger();

        List<Integer> answers = Crowd.atOnce(10,
                () -> enrol(key, Self.any(), Map.of("name", "m" + number.incrementAndGet()))
                        .extract().statusCode());

        assertThat(answers).containsOnly(201, 401);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(3);
        enrol(key, Self.any(), Map.of("name", "a")).statusCode(401).body("detail", containsString("used up"));
    }

    @Test
    void what_the_key_says_holds_for_its_machines() {
        String team = Members.anyTeam();
        Api.Person operator = Members.of(team + ":operator");
        String key = (String) made(operator, Map.of("name", "k", "owner", "team:" + team, "alertAfterSeconds", 300,
                "labels", Map.of("env", "prod")))
                .get("key");
        Self self = Self.any();

        enrol(key, self, Map.of("name", "a")).statusCode(201);

        Members.of(team + ":viewer").request().get(Api.MACHINES + "/" + self.machineId).then().statusCode(200)
                .body("owner", equalTo("team:" + team))
                .body("labels", equalTo(Map.of("env", "prod")))
                .body("alertAfterSeconds", equalTo(300));
    }

    @Test
    void the_machines_of_a_key_are_found_and_counted() {
        Map<String, Object> key = made(owner, Map.of("name", "k"));
        enrol((String) key.get("key"), Self.any(), Map.of("name", "a")).statusCode(201);
        enrol((String) key.get("key"), Self.any(), Map.of("name", "b")).statusCode(201);
        enrol(key(Map.of()), Self.any(), Map.of("name", "c")).statusCode(201);
        owner.registers("d");

        owner.request().queryParam("enrolledWith", key.get("keyId")).queryParam("limit", 1).get(Api.MACHINES).then()
                .statusCode(200)
                .body("name", equalTo(List.of("a")))
                .header("Link", containsString("enrolledWith=" + key.get("keyId")));
        owner.request().queryParam("enrolledWith", key.get("keyId")).get(Api.SUMMARY).then().body("total", equalTo(2));
        owner.request().queryParam("enrolledWith", "x").get(Api.SUMMARY).then().body("total", equalTo(0));
        owner.request().queryParam("enrolledWith", key.get("keyId")).queryParam("expect", 2).delete(Api.MACHINES).then()
                .statusCode(200).body("changed", equalTo(2));
        owner.list().then().body("name", equalTo(List.of("c", "d")));
    }

    @Test
    void a_machine_that_a_person_registers_came_with_no_key() {
        owner.request().get(Api.MACHINES + "/" + owner.registers("a").machineId()).then()
                .body("enrolledWith", nullValue());
    }

    @Test
    void a_revoked_key_lets_nobody_in_and_its_machines_stay() {
        Map<String, Object> key = made(owner, Map.of("name", "k"));
        Self self = Self.any();
        enrol((String) key.get("key"), self, Map.of("name", "a")).statusCode(201);

        Api.Person.anyone().request().delete(KEYS + "/" + key.get("keyId")).then().statusCode(404);
        enrol((String) key.get("key"), Self.any(), Map.of("name", "b")).statusCode(201);
        owner.request().delete(KEYS + "/" + key.get("keyId")).then().statusCode(204);

        enrol((String) key.get("key"), Self.any(), Map.of("name", "c")).statusCode(401)
                .contentType("application/problem+json")
                .body("detail", equalTo("This enrolment key was revoked."));
        assertThat(self.registered().beats()).isEqualTo(200);
        owner.request().delete(KEYS + "/" + key.get("keyId")).then().statusCode(204);
    }

    @Test
    void every_operator_of_a_team_may_revoke_its_keys_and_an_administrator_by_its_owner() {
        String team = Members.anyTeam();
        for (Api.Person other : List.of(Members.of(team), Members.of(Members.ADMINISTRATORS))) {
            Map<String, Object> key = made(Members.of(team), Map.of("name", "k", "owner", "team:" + team));
            Members.of(team + ":viewer").request().delete(KEYS + "/" + key.get("keyId")).then().statusCode(404);

            other.request().queryParam("owner", "team:" + team).delete(KEYS + "/" + key.get("keyId")).then()
                    .statusCode(204);

            enrol((String) key.get("key"), Self.any(), Map.of("name", "c")).statusCode(401);
        }
    }

    @Test
    void signing_out_everywhere_ends_the_keys_that_were_made_before() {
        String key = key(Map.of());

        owner.request().delete(Api.SESSIONS).then().statusCode(204);

        enrol(key, Self.any(), Map.of("name", "a")).statusCode(401);
    }

    @Test
    void a_secret_that_was_revoked_enrols_nobody() {
        String key = key(Map.of());
        Self self = Self.any();
        enrol(key, self, Map.of("name", "a")).statusCode(201);
        owner.sends("{\"revokeOld\":true}").post(Api.MACHINE + "/token", self.machineId).then().statusCode(201);

        enrol(key, self, Map.of("name", "a")).statusCode(409);
    }

    @Test
    void a_key_opens_nothing_else() {
        String key = key(Map.of());

        for (String credential : List.of(key, key.substring("mre_".length()))) {
            Api.oddRequest(credential).get(Api.MACHINES).then().statusCode(401);
            Api.oddRequest(credential).post(Api.SESSIONS).then().statusCode(401);
            Api.oddRequest(credential).contentType(ContentType.JSON).body(Map.of("name", "a")).post(KEYS).then()
                    .statusCode(401);
            Api.oddRequest(credential).post("/api/agent/connect").then().statusCode(401);
            Api.oddRequest(credential).post("/api/agent/heartbeat").then().statusCode(401);
        }
    }

    @Test
    void nothing_else_is_a_key() {
        String apiToken = owner.sends(Map.of("name", "a", "scope", "manage", "expiresInSeconds", 60)).post(Api.TOKENS)
                .then().statusCode(201).extract().path("token");
        String expired = Jwt.issuer("machine-registry").subject("p").audience("urn:machine-registry:enrolment")
                .claim("jti", UUID.randomUUID().toString()).claim("owner", "p")
                .expiresAt(Instant.now().minusSeconds(60)).sign();

        for (String credential : List.of(owner.jwt(), "mre_" + owner.jwt(), apiToken, "mre_" + apiToken, "mre_",
                "mre_x",
                owner.registers("a").token(), key(Map.of()).replaceFirst("[.][^.]*$", ".AAAA"))) {
            enrol(credential, Self.any(), Map.of("name", "a")).statusCode(401)
                    .contentType("application/problem+json");
        }
        enrol("mre_" + expired, Self.any(), Map.of("name", "a")).statusCode(401)
                .body("detail", equalTo("This enrolment key has expired."));
    }

    @Test
    void a_signed_key_without_what_a_key_needs_is_none() {
        String odd = Jwt.issuer("machine-registry").subject("p").audience("urn:machine-registry:enrolment")
                .expiresAt(Instant.now().plusSeconds(60)).sign();
        String wrongTypes = Jwt.issuer("machine-registry").subject("p").audience("urn:machine-registry:enrolment")
                .claim("jti", UUID.randomUUID().toString()).claim("owner", List.of("p")).claim("uses", "many")
                .expiresAt(Instant.now().plusSeconds(60)).sign();

        enrol("mre_" + odd, Self.any(), Map.of("name", "a")).statusCode(401);
        enrol("mre_" + wrongTypes, Self.any(), Map.of("name", "a")).statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"machineId\":\"V1StGXR8_Z5jdHi6B-myT\"}",
            "{\"machineId\":\"short\",\"secret\":\"aaaaaaaaaaaaaaaaaaaaaa\",\"name\":\"a\"}",
            "{\"machineId\":1,\"secret\":[]}", "{", "{\"name\":\"\\u0000\"}"})
    void what_is_wrong_with_it_is_said(String body) {
        String key = key(Map.of());

        odd(key, body).statusCode(400).contentType("application/problem+json");

        owner.request().get(Api.SUMMARY).then().body("total", equalTo(0));
    }

    @Test
    void a_machine_without_any_name_is_refused() {
        enrol(key(Map.of()), Self.any(), Map.of()).statusCode(400)
                .body("violations.message", equalTo(List.of("a name or a hostname is needed")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":\"\"}", "{\"name\":\"a\",\"uses\":0}",
            "{\"name\":\"a\",\"expiresInSeconds\":7776001}", "{\"name\":\"a\",\"expiresInSeconds\":0}",
            "{\"name\":\"a\",\"alertAfterSeconds\":1}", "{\"name\":\"a\",\"owner\":\"\"}", "null", "[]"})
    void a_key_that_cannot_be_is_refused(String body) {
        owner.sends(body).post(KEYS).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void an_api_token_makes_no_key_that_outlives_it() {
        Api.Person program = new Api.Person(owner.userId(), owner
                .sends(Map.of("name", "a", "scope", "manage", "expiresInSeconds", 60)).post(Api.TOKENS).then()
                .statusCode(201).extract().path("token"));

        program.sends(Map.of("name", "k", "expiresInSeconds", 3600)).post(KEYS).then().statusCode(403)
                .body("detail", containsString("outlive"));
        made(program, Map.of("name", "k", "expiresInSeconds", 30));
    }

    @Test
    void what_revokes_an_api_token_revokes_the_keys_that_were_made_with_it() {
        Map<String, Object> token = owner.sends(Map.of("name", "a", "scope", "manage", "expiresInSeconds", 86400))
                .post(Api.TOKENS).then()
                .statusCode(201).extract().path("");
        Api.Person program = new Api.Person(owner.userId(), (String) token.get("token"));
        String leaked = (String) made(program, Map.of("name", "k", "expiresInSeconds", 3600)).get("key");
        enrol(leaked, Self.any(), Map.of("name", "a")).statusCode(201);

        owner.request().delete(Api.TOKENS + "/" + token.get("tokenId")).then().statusCode(204);

        enrol(leaked, Self.any(), Map.of("name", "b")).statusCode(401)
                .body("detail", equalTo("This enrolment key was revoked."));
        enrol(key(Map.of()), Self.any(), Map.of("name", "c")).statusCode(201);
    }
}
