package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class CreationTest {
    private static final String SECRET = "0123456789";
    private static final String EMOJI = "\uD83D\uDDA5";

    @Test
    void a_machine_gets_an_id_and_a_token() {
        Response created = Api.Person.anyone().sends(Map.of("name", "build box")).post(Api.MACHINES);

        Api.Registered machine = Api.Registered.of(created);
        created.then()
                .header("Location", "/api/machines/" + machine.machineId())
                .header("Cache-Control", "no-store")
                .body("size()", equalTo(2));
        assertThat(machine.machineId()).matches("[A-Za-z0-9_-]{21}");
        assertThat(machine.token()).startsWith(machine.machineId() + ":");
        assertThat(machine.secret()).matches("mrs_[0-9A-Za-z]{38}");
    }

    @Test
    void a_secret_ends_in_its_checksum() {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        String secret = machine.secret();
        String digits = secret.substring(secret.length() - 6);
        BigInteger checksum = BigInteger.ZERO;
        for (char digit : digits.toCharArray()) {
            int value = Character.isDigit(digit)
                    ? digit - '0'
                    : Character.isUpperCase(digit) ? digit - 'A' + 10 : digit - 'a' + 36;
            checksum = checksum.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(value));
        }
        CRC32 crc = new CRC32();
        crc.update(secret.substring(0, secret.length() - 6).getBytes(StandardCharsets.US_ASCII));
        assertThat(checksum.longValueExact()).isEqualTo(crc.getValue());
    }

    @Test
    void ids_and_secrets_do_not_repeat() {
        Api.Person owner = Api.Person.anyone();
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            Api.Registered machine = owner.registers("same name");
            seen.add(machine.machineId());
            seen.add(machine.secret());
        }

        assertThat(seen).hasSize(40);
    }

    @Test
    void a_new_machine_was_never_connected() {
        Api.Person owner = Api.Person.anyone();
        long before = System.currentTimeMillis();

        Api.Registered machine = owner.registers("build box");

        Response details = owner.details(machine);
        details.then()
                .statusCode(200)
                .body("status", equalTo("offline"))
                .body("offlineReason", equalTo("never_connected"))
                .body("assistantCount", equalTo(0))
                .body("rootDirectory", equalTo(null))
                .body("hostname", equalTo(null))
                .body("os", equalTo(null))
                .body("agentVersion", equalTo(null));
        assertThat(details.<Long>path("createdAt")).isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
        assertThat(details.<Long>path("lastSeen")).isEqualTo(details.<Long>path("createdAt"));
    }

    @Test
    void a_caller_may_bring_id_and_secret() {
        Api.Person owner = Api.Person.anyone();
        String id = Api.anyMachineId();
        String secret = Api.anySecret();

        Api.Registered machine = Api.Registered
                .of(owner.sends(Map.of("name", "a", "machineId", id, "secret", secret)).post(Api.MACHINES));

        assertThat(machine).isEqualTo(new Api.Registered(id, id + ":" + secret));
        assertThat(machine.beats()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 64})
    void an_id_may_have_10_to_64_characters(int length) {
        String id = (Api.anyMachineId() + Api.anyMachineId()).substring(0, length);

        assertThat(Api.Person.anyone().registers("a", id).machineId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123456789", "1234567890!", "1234567890 ", "äöüäöüäöüä", "12345678901234567890\n",
            "12345678901234567890123456789012345678901234567890123456789012345"})
    void another_id_is_refused(String id) {
        Api.Person.anyone().sends("{\"name\":\"a\",\"machineId\":\"" + id.replace("\n", "\\n") + "\"}")
                .post(Api.MACHINES)
                .then()
                .statusCode(400)
                .body("violations.field", contains("machineId"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 129})
    void a_secret_has_21_to_128_characters(int length) {
        Api.Person owner = Api.Person.anyone();
        int inside = length == 20 ? 21 : 128;

        owner.sends("{\"name\":\"a\",\"secret\":\"" + "s".repeat(length) + "\"}").post(Api.MACHINES).then()
                .statusCode(400)
                .body("violations.field", contains("secret"));
        owner.sends(Map.of("name", "a", "secret", SECRET.repeat(13).substring(0, inside))).post(Api.MACHINES).then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaaaa", "123456789123456789123", "abababababababababababab"})
    void a_secret_of_fewer_than_10_different_characters_is_refused(String secret) {
        Api.Person.anyone().sends(Map.of("name", "a", "secret", secret)).post(Api.MACHINES).then().statusCode(400)
                .body("violations.field", contains("secret"));
    }

    @Test
    void nulls_count_as_left_out() {
        Api.Person.anyone().sends("{\"name\":\"a\",\"machineId\":null,\"secret\":null}").post(Api.MACHINES).then()
                .statusCode(201);
    }

    @Test
    void unknown_properties_are_ignored() {
        Api.Person.anyone().sends("{\"name\":\"a\",\"owner\":\"me\",\"status\":\"online\"}").post(Api.MACHINES).then()
                .statusCode(201);
    }

    @Test
    void a_name_is_trimmed() {
        Api.Person owner = Api.Person.anyone();

        Api.Registered machine = owner.registers("  \u00a0 \u2003build box\t\n ".replace("\u00a0 ", ""));

        owner.details(machine).then().body("name", equalTo("build box"));
    }

    @Test
    void a_name_is_counted_in_code_points_after_trimming() {
        Api.Person owner = Api.Person.anyone();
        String name = EMOJI.repeat(100);

        Api.Registered machine = Api.Registered
                .of(owner.sends("{\"name\":\"   " + name + "   \"}").post(Api.MACHINES));

        owner.details(machine).then().body("name", equalTo(name));
        owner.sends("{\"name\":\"" + name + "x\"}").post(Api.MACHINES).then().statusCode(400)
                .body("violations.field", contains("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"   \"", "null", "\"a\\u0007b\"", "\"a\\u0085b\"", "\"a\\u0000b\"",
            "\"a\\nb\"", "\"\\ud800\"", "\"\\udc00x\"", "1", "[]", "{}", "true"})
    void what_is_no_name_is_refused(String name) {
        Api.Person.anyone().sends("{\"name\":" + name + "}").post(Api.MACHINES).then()
                .statusCode(400)
                .body("violations.field", contains("name"));
    }

    @ParameterizedTest
    @CsvSource({"a\u200bb, U+200B", "\u202eabc, U+202E", "a\u3164, U+3164", "a\u0007b, U+0007", "\u2064, U+2064",
            "a\udb40\udc41, U+E0041", "'a\u200d', U+200D"})
    void an_invisible_character_of_a_name_is_named(String name, String character) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        owner.sends(Map.of("name", name)).post(Api.MACHINES).then().statusCode(400)
                .body("violations.field", contains("name"))
                .body("violations[0].message", containsString(character));
        owner.sends(Map.of("name", name)).patch(Api.MACHINE, machine.machineId()).then().statusCode(400)
                .body("violations[0].message", containsString(character));
    }

    @Test
    void a_name_is_composed() {
        Api.Person owner = Api.Person.anyone();

        Api.Registered machine = owner.registers("Bu\u0308ro");

        owner.details(machine).then().body("name", equalTo("B\u00fcro"));
        owner.request().queryParam("q", "bu\u0308r").get(Api.MACHINES).then().body("size()", equalTo(1));
    }

    @Test
    void every_field_at_fault_is_named() {
        Api.Person.anyone().sends("{\"machineId\":\"x\",\"secret\":\"y\"}").post(Api.MACHINES).then()
                .statusCode(400)
                .body("violations.field", containsInAnyOrder("name", "machineId", "secret"));
    }

    @Test
    void creation_needs_a_user() {
        Api.oddRequest().contentType("application/json").body("{\"name\":\"a\"}").post(Api.MACHINES).then()
                .statusCode(401)
                .body("title", equalTo("Unauthorized"));
    }

    @Test
    void an_id_that_exists_is_a_conflict_whoever_owns_it() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("first");

        for (Api.Person caller : List.of(owner, Api.Person.anyone())) {
            caller.sends(Map.of("name", "second", "machineId", machine.machineId())).post(Api.MACHINES).then()
                    .statusCode(409)
                    .body("title", equalTo("Machine ID already exists"));
        }
        owner.details(machine).then().body("name", equalTo("first"));
        assertThat(machine.beats()).isEqualTo(200);
    }

    @Test
    void of_100_creations_of_one_id_at_once_one_succeeds() throws Exception {
        Api.Person owner = Api.Person.anyone();
        String id = Api.anyMachineId();

        List<Integer> statuses = Crowd.atOnce(100,
                () -> owner.sends(Map.of("name", "a", "machineId", id)).post(Api.MACHINES).statusCode());

        Map<Integer, Long> counts = statuses.stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));
        assertThat(counts).isEqualTo(Map.of(201, 1L, 409, 99L));
        owner.list().then().body("size()", equalTo(1));
    }
}
