package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What a machine says it is, and where it came from. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SelfDescriptionTest {
    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void registers() {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
    }

    @Test
    void what_nobody_said_yet_is_null() {
        owner.details(machine).then().body("arch", nullValue()).body("user", nullValue())
                .body("address", nullValue()).body("metadata", nullValue());
    }

    @Test
    void what_is_said_is_shown_and_stays_until_something_else_is_said() {
        Map<String, Object> metadata = Map.of("rack", "b2", "cores", 8, "load", 0.25,
                "disks", Map.of("sda", java.util.List.of(1, true)));
        machine.sends(Map.of("arch", "x86_64", "user", "build", "metadata", metadata)).post(Api.CONNECT).then()
                .statusCode(200);
        machine.sends(Map.of("arch", "aarch64")).post(Api.CONNECT).then().statusCode(200);

        owner.details(machine).then().body("arch", equalTo("aarch64")).body("user", equalTo("build"))
                .body("metadata.rack", equalTo("b2")).body("metadata.cores", equalTo(8))
                .body("metadata.load", equalTo(0.25f)).body("metadata.disks.sda[1]", equalTo(true));
    }

    @Test
    void a_machine_shows_where_it_came_from() throws IOException {
        owner.details(machine).then().body("address", nullValue());
        machine.request().post(Api.CONNECT).then().statusCode(200);
        assertThat(owner.details(machine).<String>path("address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");

        Api.Registered beating = owner.registers("only beats");
        beating.request().post(Api.HEARTBEAT).then().statusCode(200);
        // It is answered before it is written.
        Awaitility.await().untilAsserted(() -> assertThat(owner.details(beating).<String>path("address"))
                .isIn("127.0.0.1", "0:0:0:0:0:0:0:1"));

        Api.Registered other = owner.registers("with a socket");
        try (RawSocket socket = new RawSocket(other.token())) {
            socket.send("{\"type\":\"connect\",\"arch\":\"riscv64\",\"metadata\":{\"a\":1}}").nextText();

            owner.details(other).then().body("arch", equalTo("riscv64")).body("metadata.a", equalTo(1));
            assertThat(owner.details(other).<String>path("address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void metadata_of_8_KiB_is_kept_and_more_is_refused() {
        String most = "x".repeat(8 * 1024 - "{\"a\":\"\"}".length());
        machine.sends(Map.of("metadata", Map.of("a", most))).post(Api.CONNECT).then().statusCode(200);

        machine.sends("{\"metadata\":{\"a\":\"" + most + "x\"}}").post(Api.CONNECT).then().statusCode(400)
                .body("violations.field", hasItem("metadata"))
                .body("violations.message", hasItem("must be at most 8 KiB of JSON"));
        owner.details(machine).then().body("metadata.a", equalTo(most));
    }

    static String[] refused() {
        return new String[]{"[]", "\"a\"", "1", "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":[\"\\ud800\"]}",
                "{\"a\":1e999}"};
    }

    @ParameterizedTest
    @MethodSource("refused")
    void metadata_that_cannot_be_kept_is_refused(String metadata) {
        machine.sends("{\"metadata\":" + metadata + "}").post(Api.CONNECT).then().statusCode(400)
                .body("violations.field", hasItem("metadata"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arch", "user"})
    void text_that_is_too_long_is_refused(String field) {
        machine.sends("{\"" + field + "\":\"" + "x".repeat(1025) + "\"}").post(Api.CONNECT).then().statusCode(400)
                .body("violations.field", hasItem(field));
    }

    @Test
    void what_nobody_could_see_is_shown_as_such() {
        machine.sends(Map.of("user", "a\u202eb", "metadata", Map.of("a\u202e", "b\u202e"))).post(Api.CONNECT).then()
                .statusCode(200);

        owner.details(machine).then().body("user", equalTo("a\ufffdb"))
                .body("metadata", equalTo(Map.of("a\ufffd", "b\ufffd")));
    }
}
