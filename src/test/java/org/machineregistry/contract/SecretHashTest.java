package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Machines that made their secret themselves, and told nobody but its hash. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SecretHashTest {
    private static final String FIRST_42 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF";

    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void a_machine_made_id_and_secret() {
        owner = Api.Person.anyone();
        String id = Api.anyMachineId();
        machine = new Api.Registered(id, id + ":" + Api.anySecret());
    }

    @Test
    void it_connects_with_a_secret_that_the_service_has_never_seen() throws Exception {
        claim().then()
                .statusCode(201)
                .header("Location", "/api/machines/" + machine.machineId())
                .header("Cache-Control", "no-store")
                .body("", aMapWithSize(1))
                .body("machineId", equalTo(machine.machineId()));

        machine.sends(Map.of("hostname", "build-7")).post(Api.CONNECT).then().statusCode(200)
                .body("name", equalTo("build box"));
        owner.details(machine).then().body("status", equalTo("online"));
    }

    @Test
    void another_secret_is_refused_and_so_is_the_hash_in_its_place() throws Exception {
        claim().then().statusCode(201);

        String id = machine.machineId();
        assertThat(new Api.Registered(id, id + ":" + Api.anySecret()).beats()).isEqualTo(401);
        assertThat(new Api.Registered(id, id + ":" + hash()).beats()).isEqualTo(401);
    }

    @Test
    void its_secret_can_be_rotated_like_every_other() throws Exception {
        claim().then().statusCode(201);

        Api.Registered rotated = Api.Registered.of(owner.request().post(Api.TOKEN, machine.machineId()));

        assertThat(machine.beats()).isEqualTo(200);
        assertThat(rotated.beats()).isEqualTo(200);
        assertThat(machine.beats()).isEqualTo(401);
    }

    @Test
    void whoever_comes_second_gets_a_conflict_and_the_machine_stays_with_the_first() throws Exception {
        claim().then().statusCode(201);

        Api.Person.anyone().sends(body()).post(Api.MACHINES).then().statusCode(409)
                .body("title", equalTo("Machine ID already exists"));

        assertThat(machine.beats()).isEqualTo(200);
        owner.list().then().body("size()", equalTo(1));
    }

    @Test
    void one_of_an_array_has_no_token_and_the_others_have_theirs() throws Exception {
        owner.sends(List.of(Map.of("name", "a"), body())).post(Api.MACHINES).then()
                .statusCode(201)
                .body("[0]", hasKey("token"))
                .body("[1]", not(hasKey("token")))
                .body("[1].machineId", equalTo(machine.machineId()));

        assertThat(machine.beats()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", FIRST_42, FIRST_42 + "A=", FIRST_42 + "AA", FIRST_42 + "A ", FIRST_42 + "+",
            FIRST_42 + "/", "0123456789012345678901234567890123456789012345678901234567890abc"})
    void what_is_no_sha_256_in_base64url_is_refused(String hash) {
        refuses(Map.of("name", "a", "machineId", machine.machineId(), "secretHash", hash), "secretHash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"B", "C", "D", "_", "-", "9", "Z"})
    void a_hash_has_one_spelling(String last) {
        refuses(Map.of("name", "a", "machineId", machine.machineId(), "secretHash", FIRST_42 + last), "secretHash");
    }

    @Test
    void it_needs_the_id_that_the_machine_presents_and_cannot_go_with_a_secret() throws Exception {
        refuses(Map.of("name", "a", "secretHash", hash()), "machineId")
                .then().body("violations[0].message", containsString("presents both"));
        refuses(Map.of("name", "a", "machineId", machine.machineId(), "secretHash", hash(), "secret", Api.anySecret()),
                "secretHash");
        refuses(Map.of("name", "a", "secretHash", hash(), "secret", Api.anySecret()), "secretHash", "machineId");
    }

    @Test
    void what_is_wrong_with_one_of_an_array_is_named_with_its_index() throws Exception {
        Api.oddRequest(owner.jwt()).contentType("application/json")
                .body(List.of(Map.of("name", "a"), Map.of("name", "b", "secretHash", hash()),
                        Map.of("name", "c", "machineId", machine.machineId(), "secretHash", "x")))
                .post(Api.MACHINES)
                .then()
                .statusCode(400)
                .body("violations.field", containsInAnyOrder("[1].machineId", "[2].secretHash"));

        owner.list().then().body("size()", equalTo(0));
    }

    @Test
    void a_hash_that_is_null_counts_as_left_out() {
        owner.sends("{\"name\":\"a\",\"secretHash\":null}").post(Api.MACHINES).then().statusCode(201)
                .body("", hasKey("token"));
    }

    @Test
    void a_machine_that_is_there_takes_no_hash() throws Exception {
        Api.Registered registered = owner.registers("build box");

        Api.oddRequest(owner.jwt()).contentType("application/json").body(Map.of("name", "b", "secretHash", hash()))
                .patch(Api.MACHINE, registered.machineId())
                .then()
                .statusCode(200);

        assertThat(registered.beats()).isEqualTo(200);
        assertThat(new Api.Registered(registered.machineId(),
                registered.machineId() + ":" + machine.secret()).beats()).isEqualTo(401);
    }

    private Response claim() throws Exception {
        return owner.sends(body()).post(Api.MACHINES);
    }

    private Map<String, String> body() throws Exception {
        return Map.of("name", "build box", "machineId", machine.machineId(), "secretHash", hash());
    }

    private String hash() throws Exception {
        byte[] secret = machine.secret().getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(secret));
    }

    private Response refuses(Map<String, String> body, String... fields) {
        Response answer = Api.oddRequest(owner.jwt()).contentType("application/json").body(body).post(Api.MACHINES);
        answer.then().statusCode(400).body("violations.field", containsInAnyOrder(fields));
        return answer;
    }
}
