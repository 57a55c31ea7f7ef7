package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
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
class LabelsTest {
    private Api.Person owner;

    @BeforeEach
    void somebody_has_no_machines() {
        owner = Api.Person.anyone();
    }

    private Api.Registered labelled(String name, Map<String, String> labels) {
        return Api.Registered.of(owner.sends(Map.of("name", name, "labels", labels)).post(Api.MACHINES));
    }

    private Response patch(Api.Registered machine, String body) {
        return owner.sends(body).patch(Api.MACHINE, machine.machineId());
    }

    private List<String> names(String query) {
        Response list = owner.request().urlEncodingEnabled(false).get(Api.MACHINES + "?" + query);
        list.then().statusCode(200);
        return list.jsonPath().getList("name", String.class);
    }

    @Test
    void a_machine_is_registered_with_labels() {
        Map<String, String> labels = Map.of("env", "prod", "example.com/role", "B\u00fcro \"1\"", "empty", "");
        Api.Registered machine = labelled("a", labels);
        owner.registers("b");

        owner.details(machine).then().statusCode(200).body("labels", equalTo(labels));
        assertThat(owner.list().jsonPath().getList("labels")).containsExactly(labels, Map.of());
    }

    @Test
    void a_patch_merges_labels_key_by_key() {
        Api.Registered machine = labelled("a", Map.of("env", "prod", "zone", "eu"));

        patch(machine, "{\"labels\":{\"zone\":null,\"gpu\":\"yes\",\"absent\":null}}").then().statusCode(200)
                .body("labels", equalTo(Map.of("env", "prod", "gpu", "yes")));
        patch(machine, "{\"name\":\"b\",\"labels\":{}}").then().statusCode(200)
                .body("labels", equalTo(Map.of("env", "prod", "gpu", "yes"))).body("name", equalTo("b"));
        patch(machine, "{\"name\":\"c\"}").then().body("labels", equalTo(Map.of("env", "prod", "gpu", "yes")));
        patch(machine, "{\"labels\":null}").then().statusCode(200).body("labels", equalTo(Map.of()));
        owner.details(machine).then().body("labels", equalTo(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"Env\":\"a\"}        | labels",
            "{\"\":\"a\"}           | labels",
            "{\"machine.os\":\"a\"} | labels",
            "{\"a b\":null}         | labels",
            "{\"env\":\"\\u0001\"}  | labels.env",
            "{\"env\":\"a\\u202e\"} | labels.env",
            "{\"env\":1}            | labels.env",
            "{\"env\":{}}           | labels.env",
            "{\"env\":\"\\u0000\"}  | labels.env",
            "[]                     | labels",
            "\"env\"                | labels"})
    void what_is_no_label_is_refused(String labels, String field) {
        Api.Registered machine = labelled("a", Map.of("env", "prod"));
        String body = "{\"name\":\"b\",\"labels\":" + labels + "}";

        patch(machine, body).then().statusCode(400).body("violations.field", contains(field));
        owner.sends(body).post(Api.MACHINES).then().statusCode(400).body("violations.field", contains(field));
        owner.details(machine).then().body("labels", equalTo(Map.of("env", "prod"))).body("name", equalTo("a"));
    }

    @Test
    void of_thousands_of_labels_without_a_value_one_fault_is_said() {
        String labels = IntStream.range(0, 3_000).mapToObj(i -> "\"k" + i + "\":null").collect(Collectors.joining(","));

        owner.sends("{\"name\":\"a\",\"labels\":{" + labels + "}}").post(Api.MACHINES).then().statusCode(400)
                .body("violations.size()", equalTo(1)).body("violations[0].field", equalTo("labels"));
    }

    @Test
    void a_machine_is_not_registered_with_a_label_that_is_null() {
        owner.sends("{\"name\":\"a\",\"labels\":{\"env\":null}}").post(Api.MACHINES).then().statusCode(400)
                .body("violations.field", contains("labels.env"));
    }

    @Test
    void keys_and_values_have_63_characters_and_a_machine_32_labels() {
        Map<String, String> most = new TreeMap<>();
        IntStream.range(0, 32).forEach(i -> most.put("k".repeat(61) + (10 + i), "\uD83D\uDDA5".repeat(63)));
        Api.Registered machine = labelled("a", most);

        owner.details(machine).then().body("labels", equalTo(most));
        patch(machine, "{\"labels\":{\"one-more\":\"\"}}").then().statusCode(400)
                .body("violations.field", contains("labels"));
        patch(machine, "{\"labels\":{\"one-more\":\"\",\"" + most.keySet().iterator().next() + "\":null}}").then()
                .statusCode(200);
        patch(machine, "{\"labels\":{\"a\":\"" + "v".repeat(64) + "\"}}").then().statusCode(400)
                .body("violations.field", contains("labels.a"));
        patch(machine, "{\"labels\":{\"" + "k".repeat(64) + "\":\"\"}}").then().statusCode(400)
                .body("violations.field", contains("labels"));
    }

    @Test
    void a_label_changes_the_etag() {
        Api.Registered machine = owner.registers("a");
        String before = owner.list().header("ETag");

        patch(machine, "{\"labels\":{\"env\":\"prod\"}}").then().statusCode(200);

        owner.request().header("If-None-Match", before).get(Api.MACHINES).then().statusCode(200)
                .header("ETag", not(equalTo(before)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "label=env                       | a b",
            "label=env%3Dprod                | a",
            "label=env=prod                  | a",
            "label=!gpu                      | a d",
            "label=zone!=eu                  | b c d",
            "label=env&label=!gpu            | a",
            "label=env&label=env=test        | b",
            "label=place%3DB%C3%BCro         | c",
            "label=place=                    | -",
            "label=env&status=online         | -",
            "label=env&q=b                   | b"})
    void lists_counts_and_pages_show_what_is_selected(String query, String expected) {
        labelled("a", Map.of("env", "prod", "zone", "eu"));
        labelled("b", Map.of("env", "test", "gpu", ""));
        labelled("c", Map.of("gpu", "yes", "place", "B\u00fcro"));
        labelled("d", Map.of());
        List<String> names = expected == null ? List.of() : List.of(expected.split(" "));

        assertThat(names(query)).isEqualTo(names);
        owner.request().urlEncodingEnabled(false).get(Api.SUMMARY + "?" + query).then().statusCode(200).body("total",
                equalTo(names.size()));
        Matcher next = Pattern.compile("<([^>]*)>.*").matcher(
                String.valueOf(owner.request().urlEncodingEnabled(false).get(Api.MACHINES + "?limit=1&" + query)
                        .header("Link")));
        assertThat(next.matches()).isEqualTo(names.size() > 1);
        if (names.size() > 1) {
            assertThat(owner.request().urlEncodingEnabled(false).get(next.group(1)).jsonPath().getString("[0].name"))
                    .isEqualTo(names.get(1));
        }
    }

    @Test
    void what_a_machine_says_of_itself_is_selected_too() {
        Api.Registered machine = owner.registers("a");
        owner.registers("b");
        machine.sends(Map.of("os", "Linux 6.1", "hostname", "build-1", "agentVersion", "1.2")).post(Api.CONNECT).then()
                .statusCode(200);

        for (String one : List.of("machine.os=Linux 6.1", "machine.hostname=build-1", "machine.agentVersion=1.2",
                "machine.os", "machine.os!=macOS")) {
            List<String> names = owner.request().queryParam("label", one).get(Api.MACHINES).jsonPath()
                    .getList("name", String.class);
            assertThat(names).as(one).isEqualTo(one.contains("!") ? List.of("a", "b") : List.of("a"));
        }
        assertThat(names("label=!machine.os")).containsExactly("b");
        assertThat(names("label=machine.os!=Linux%206.1")).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"label=", "label=a&label=", "label=Env", "label=machine.x", "label=%00", "label=a%3D%01"})
    void what_is_no_selector_is_refused(String query) {
        for (String path : List.of(Api.MACHINES, Api.SUMMARY, Api.MACHINES + "/events")) {
            owner.oddRequest().urlEncodingEnabled(false).get(path + "?" + query).then().statusCode(400)
                    .body("violations.field", contains("label"));
        }
    }

    @Test
    void a_stream_tells_of_machines_that_come_into_its_selection_and_fall_out_of_it() throws Exception {
        Api.Registered inside = labelled("inside", Map.of("env", "prod"));
        Api.Registered outside = labelled("outside", Map.of("env", "test"));
        Events.awaitAllHeard(owner);
        try (Events all = Events.of(owner, ""); Events selected = Events.of(owner, "?label=env=prod")) {
            assertThat(selected.of(inside.machineId())).containsExactly("snapshot");
            assertThat(selected.of(outside.machineId())).isEmpty();

            patch(outside, "{\"labels\":{\"env\":\"prod\"}}").then().statusCode(200);
            Awaitility.await().until(() -> selected.of(outside.machineId()).contains("machine"));
            patch(inside, "{\"labels\":{\"env\":null}}").then().statusCode(200);
            Awaitility.await().until(() -> selected.of(inside.machineId()).contains("removed"));
            owner.request().delete(Api.MACHINE, outside.machineId()).then().statusCode(204);
            Awaitility.await().until(() -> selected.of(outside.machineId()).contains("removed"));

            assertThat(selected.of(inside.machineId())).containsExactly("snapshot", "removed");
            assertThat(selected.of(outside.machineId())).containsExactly("machine", "removed");
            Awaitility.await().until(() -> all.of(outside.machineId()).contains("removed"));
            assertThat(all.of(inside.machineId())).containsExactly("snapshot", "machine");
        }
    }

    @Test
    void a_stream_of_those_online_follows_the_status() throws Exception {
        Api.Registered machine = owner.registers("a");
        try (Events online = Events.of(owner, "?status=online")) {
            machine.request().post(Api.CONNECT).then().statusCode(200);
            Awaitility.await().until(() -> online.of(machine.machineId()).contains("machine"));
            machine.request().post(Api.DISCONNECT).then().statusCode(204);
            Awaitility.await().until(() -> online.of(machine.machineId()).contains("removed"));

            assertThat(online.of(machine.machineId()).get(0)).isEqualTo("machine");
        }
    }
}
