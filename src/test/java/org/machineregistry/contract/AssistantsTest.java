package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** The assistants of a machine, by name. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AssistantsTest {
    private static final List<Map<String, String>> TWO = List.of(
            Map.of("id", "a1", "name", "reviewer", "directory", "/srv/build", "state", "busy", "model", "large",
                    "version", "2.1"),
            Map.of("id", "a2", "state", "idle"));

    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void registers() {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
    }

    @Test
    void those_of_a_connect_are_shown_and_counted() {
        machine.sends(Map.of("assistants", TWO, "assistantCount", 7)).post(Api.CONNECT).then().statusCode(200);

        shown(TWO);
    }

    @Test
    void of_far_too_many_few_are_looked_at() {
        String many = "[" + "{},".repeat(20_000) + "{}]";

        for (String body : List.of(many, "{\"assistants\":" + many + "}")) {
            List<String> fields = Api.oddRequest(machine.token()).contentType(ContentType.JSON).body(body)
                    .put(Api.ASSISTANTS).then().statusCode(400).extract().path("violations.field");

            assertThat(fields).contains("assistants").hasSizeLessThan(300);
        }
        Api.oddRequest(machine.token()).contentType(ContentType.JSON).body("{\"assistants\":" + many + "}")
                .post(Api.CONNECT).then().statusCode(400).body("violations.size()", lessThan(300));
    }

    @Test
    void they_are_told_anew_by_themselves() {
        machine.sends(Map.of("assistants", TWO)).post(Api.CONNECT).then().statusCode(200);
        machine.sends(Map.of("assistants", TWO.subList(1, 2))).put(Api.ASSISTANTS).then().statusCode(204);
        shown(TWO.subList(1, 2));

        machine.sends(Map.of("assistants", List.of())).put(Api.ASSISTANTS).then().statusCode(204);
        shown(List.of());
    }

    @Test
    void an_older_count_that_is_still_to_be_written_does_not_come_back() {
        machine.request().post(Api.CONNECT).then().statusCode(200);
        machine.sends(Map.of("assistantCount", 7)).post(Api.HEARTBEAT).then().statusCode(200);
        machine.sends(Map.of("assistants", TWO)).put(Api.ASSISTANTS).then().statusCode(204);

        await().during(1_500, MILLISECONDS).atMost(5, SECONDS).untilAsserted(() -> shown(TWO));
    }

    @Test
    void who_beats_with_another_count_has_no_list_any_more() {
        machine.sends(Map.of("assistants", TWO)).put(Api.ASSISTANTS).then().statusCode(204);
        machine.sends(Map.of("assistantCount", 2)).post(Api.HEARTBEAT).then().statusCode(200);
        await().during(1_500, MILLISECONDS).atMost(5, SECONDS).untilAsserted(() -> shown(TWO));

        machine.sends(Map.of("assistantCount", 0)).post(Api.HEARTBEAT).then().statusCode(200);

        await().atMost(5, SECONDS).untilAsserted(() -> shown(List.of()));
    }

    @Test
    void their_list_alone_is_taken_and_turns_the_machine_online() {
        machine.sends("[{\"id\":\"a2\",\"state\":\"idle\"}]").put(Api.ASSISTANTS).then().statusCode(204);

        shown(TWO.subList(1, 2));
        assertThat(owner.statusOf(machine)).isEqualTo("online");
    }

    @Test
    void a_socket_tells_them_in_a_frame_of_their_own() throws IOException {
        try (RawSocket socket = new RawSocket(machine.token())) {
            socket.send("{\"type\":\"connect\",\"assistantCount\":1}").nextText();
            socket.send("{\"type\":\"assistants\",\"assistants\":[{\"id\":\"a2\",\"state\":\"idle\"}]}");

            await().atMost(5, SECONDS).untilAsserted(() -> shown(TWO.subList(1, 2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"assistants\"}", "{\"type\":\"assistants\",\"assistants\":[{\"id\":\"a\"}]}",
            "{\"type\":\"assistants\",\"assistants\":{}}"})
    void a_frame_that_lists_none_is_not_understood(String frame) throws IOException {
        try (RawSocket socket = new RawSocket(machine.token())) {
            assertThat(socket.send(frame).awaitClose().code()).isEqualTo(1008);
        }
    }

    @Test
    void none_are_shown_while_the_machine_is_offline_and_they_are_back_with_it() {
        machine.sends(Map.of("assistants", TWO)).post(Api.CONNECT).then().statusCode(200);
        machine.request().post(Api.DISCONNECT).then().statusCode(204);

        owner.details(machine).then().body("assistants", empty()).body("assistantCount", equalTo(0));

        machine.request().post(Api.CONNECT).then().statusCode(200);
        shown(TWO);
    }

    @Test
    void who_connects_and_counts_them_alone_lists_none() {
        machine.sends(Map.of("assistants", TWO)).post(Api.CONNECT).then().statusCode(200);
        machine.sends(Map.of("assistantCount", 5)).post(Api.CONNECT).then().statusCode(200);

        owner.details(machine).then().body("assistants", empty()).body("assistantCount", equalTo(5));
    }

    @Test
    void those_who_watch_see_the_new_count() throws Exception {
        machine.request().post(Api.CONNECT).then().statusCode(200);
        try (Events events = Events.of(owner, "")) {
            machine.sends(Map.of("assistants", TWO)).put(Api.ASSISTANTS).then().statusCode(204);

            await().atMost(5, SECONDS)
                    .untilAsserted(() -> assertThat(events.of(machine.machineId())).contains("machine"));
        }
        owner.list().then().body("assistantCount", contains(2));
    }

    @Test
    void a_hundred_are_taken_and_one_more_is_refused() {
        machine.sends(Map.of("assistants", some(100, ""))).put(Api.ASSISTANTS).then().statusCode(204);
        owner.details(machine).then().body("assistantCount", equalTo(100));

        machine.sends(json(101, "")).put(Api.ASSISTANTS).then().statusCode(400)
                .body("violations.message", hasItem("must be at most 100 assistants"));
    }

    @Test
    void more_than_32_KiB_are_refused() {
        machine.sends(Map.of("assistants", some(30, "x".repeat(1_000)))).put(Api.ASSISTANTS).then().statusCode(204);

        machine.sends(json(33, "x".repeat(1_000))).put(Api.ASSISTANTS).then().statusCode(400)
                .body("violations.message", hasItem("must be at most 32 KiB of JSON"));
        owner.details(machine).then().body("assistantCount", equalTo(30));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{} | assistants | is needed", "{\"assistants\":null} | assistants | is needed",
            "{\"assistants\":1} | assistants | must be an array",
            "{\"assistants\":[null]} | assistants[0].<list element> | is needed",
            "{\"assistants\":[{\"state\":\"idle\"}]} | assistants[0].id | is needed",
            "{\"assistants\":[{\"id\":\"\",\"state\":\"idle\"}]} | assistants[0].id | must not be empty",
            "{\"assistants\":[{\"id\":\"a\"}]} | assistants[0].state | is needed",
            "[{\"id\":\"a\",\"state\":\"asleep\"}] | assistants[0].state | must be idle, busy, starting or failed"})
    void what_is_no_list_of_assistants_is_told_why(String body, String field, String message) {
        machine.sends(body).put(Api.ASSISTANTS).then().statusCode(400)
                .body("violations.field", hasItem(field)).body("violations.message", hasItem(message));
    }

    @Test
    void no_body_is_no_list() {
        Api.oddRequest(machine.token()).put(Api.ASSISTANTS).then().statusCode(400)
                .body("violations.field", hasItem("assistants"));
    }

    private void shown(List<Map<String, String>> expected) {
        owner.details(machine).then().body("assistants", equalTo(expected))
                .body("assistantCount", equalTo(expected.size()));
    }

    private static List<Map<String, String>> some(int count, String name) {
        return IntStream.range(0, count).mapToObj(i -> Map.of("id", "a" + i, "name", name, "state", "busy")).toList();
    }

    private static String json(int count, String name) {
        return "{\"assistants\":[" + String.join(",", IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"a" + i + "\",\"name\":\"" + name + "\",\"state\":\"busy\"}").toList()) + "]}";
    }
}
