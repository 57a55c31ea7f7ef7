package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
import io.restassured.RestAssured;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class BulkTest {
    // More than are announced one by one in lists, and fewer than an owner may have.
    private static final int VERY_MANY = 1_200;
    private static final int SOCKETS = 20;

    private Api.Person owner;

    @BeforeEach
    void somebody_has_no_machines() {
        owner = Api.Person.anyone();
    }

    private static Api.Registered register(Api.Person person, Map<String, ?> machine) {
        return Api.Registered.of(person.sends(machine).post(Api.MACHINES));
    }

    private Api.Registered labelled(String name, String env) {
        return register(owner, Map.of("name", name, "labels", Map.of("env", env)));
    }

    private Response change(String query, String body) {
        return owner.sends(body).patch(Api.MACHINES + "?" + query);
    }

    private Object labelsOf(Api.Registered machine) {
        return owner.details(machine).then().statusCode(200).extract().path("labels");
    }

    @Test
    void all_of_a_selection_are_changed_and_no_others() throws Exception {
        Api.Registered first = labelled("a", "test");
        Api.Registered second = labelled("b", "test");
        Api.Registered other = labelled("c", "prod");
        Events.awaitAllHeard(owner);
        try (Events events = Events.of(owner, "")) {
            change("label=env=test&expect=2", "{\"labels\":{\"zone\":\"eu\",\"env\":null},\"alertAfterSeconds\":60}")
                    .then().statusCode(200).body("changed", equalTo(2));

            Awaitility.await().until(() -> events.of(first.machineId()).contains("machine")
                    && events.of(second.machineId()).contains("machine"));
            assertThat(events.of(other.machineId())).containsExactly("snapshot");
        }

        assertThat(labelsOf(first)).isEqualTo(Map.of("zone", "eu"));
        assertThat(labelsOf(second)).isEqualTo(Map.of("zone", "eu"));
        assertThat(labelsOf(other)).isEqualTo(Map.of("env", "prod"));
        owner.details(first).then().body("alertAfterSeconds", equalTo(60));
        change("label=zone&expect=2", "{\"labels\":null,\"alertAfterSeconds\":null}").then().statusCode(200);
        assertThat(labelsOf(first)).isEqualTo(Map.of());
        owner.details(first).then().body("alertAfterSeconds", equalTo(null));
    }

    @Test
    void a_stream_is_shown_very_many_changes_as_one_list() throws Exception {
        List<Map<String, String>> machines = IntStream.range(0, 1_000).mapToObj(i -> Map.of("name", "m" + i)).toList();
        owner.sends(machines).post(Api.MACHINES).then().statusCode(201);
        owner.sends(machines).post(Api.MACHINES).then().statusCode(201);
        String last = owner.request().get(Api.MACHINES + "?sort=-name&limit=1").path("[0].machineId");
        try (Events events = Events.of(owner, "")) {
            change("expect=2000&owner=" + owner.userId(), "{\"labels\":{\"env\":\"prod\"}}").then().statusCode(200);

            Awaitility.await().until(() -> events.of(last).size() > 1
                    && events.data(events.of(last).get(1), last).stream().anyMatch(data -> data.contains("prod")));
            assertThat(events.count("machine")).isLessThan(1_500);
            assertThat(events.isEnded()).isFalse();
        }
    }

    @Test
    void all_of_a_selection_are_deleted_and_no_others() throws Exception {
        Api.Registered first = labelled("a", "test");
        Api.Registered second = labelled("b", "test");
        Api.Registered other = labelled("c", "prod");
        try (RawSocket socket = new RawSocket(first.token());
                RawSocket otherSocket = new RawSocket(other.token());
                Events events = Events.of(owner, "")) {
            owner.request().delete(Api.MACHINES + "?label=env=test&expect=2").then().statusCode(200)
                    .body("changed", equalTo(2));

            assertThat(socket.awaitClose().code()).isEqualTo(4401);
            assertThat(second.beats()).isEqualTo(401);
            assertThat(other.beats()).isEqualTo(200);
            Awaitility.await().until(() -> events.of(second.machineId()).contains("removed"));
            assertThat(events.of(other.machineId())).doesNotContain("removed");
        }
        assertThat(owner.list().jsonPath().getList("name", String.class)).containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource({"PATCH, 1", "PATCH, 3", "DELETE, 0", "DELETE, 999999999"})
    void nothing_is_changed_where_another_number_is_expected(String method, int expected) {
        Api.Registered machine = labelled("a", "test");
        labelled("b", "test");

        owner.sends(method.equals("PATCH") ? "{\"labels\":{\"env\":\"prod\"}}" : "")
                .request(method, Api.MACHINES + "?label=env=test&expect=" + expected).then().statusCode(409)
                .body("count", equalTo(2));

        assertThat(labelsOf(machine)).isEqualTo(Map.of("env", "test"));
        assertThat(machine.beats()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"q=, owner", "expect=1, owner", "q=&expect=1, owner", "owner=me, expect", "label=env, expect",
            "label=env&expect=-1, expect", "label=env&expect=all, expect", "label=env&expect=, expect",
            "limit=1&expect=1, limit"})
    void a_selection_and_a_number_are_needed(String query, String field) {
        Api.Registered machine = labelled("a", "test");

        change(query, "{\"labels\":{\"env\":\"prod\"}}").then().statusCode(400).body("violations.field",
                contains(field));
        owner.oddRequest().delete(Api.MACHINES + "?" + query).then().statusCode(400)
                .body("violations.field", contains(field));

        assertThat(labelsOf(machine)).isEqualTo(Map.of("env", "test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "", "{\"name\":\"b\"}", "{\"owner\":\"me\"}",
            "{\"labels\":{\"A\":\"\"}}",
            "{\"name\":\"b\",\"labels\":{}}", "{\"alertAfterSeconds\":1}", "{\"labels\":{\"machine.os\":\"a\"}}"})
    void what_cannot_be_changed_of_many_is_refused(String body) {
        Api.Registered machine = labelled("a", "test");

        change("owner=me&expect=1", body).then().statusCode(400);

        owner.details(machine).then().body("name", equalTo("a")).body("labels", equalTo(Map.of("env", "test")));
    }

    @Test
    void no_machine_gets_more_labels_than_it_may_have() {
        Map<String, String> most = new TreeMap<>();
        IntStream.range(0, 32).forEach(i -> most.put("k" + i, ""));
        register(owner, Map.of("name", "full", "labels", most));
        Api.Registered other = labelled("other", "test");

        change("owner=me&expect=2", "{\"labels\":{\"one-more\":\"\"}}").then().statusCode(400)
                .body("violations.field", contains("labels"));

        assertThat(labelsOf(other)).isEqualTo(Map.of("env", "test"));
        change("owner=me&expect=2", "{\"labels\":{\"k0\":\"again\"}}").then().statusCode(200);
    }

    @Test
    void who_is_no_admin_of_one_of_the_owners_changes_nothing() {
        String administered = Members.anyTeam();
        String operated = Members.anyTeam();
        Api.Person member = Members.of(administered + ":admin", operated + ":operator");
        register(member, Map.of("name", "a", "owner", "team:" + administered));
        Api.Registered other = register(member, Map.of("name", "b", "owner", "team:" + operated));

        member.request().delete(Api.MACHINES + "?owner=all&expect=2").then().statusCode(403);
        member.request().delete(Api.MACHINES + "?owner=all&q=a&expect=1").then().statusCode(200);
        member.request().delete(Api.MACHINES + "?owner=team:" + operated + "&label=x&expect=0").then().statusCode(403);

        assertThat(other.beats()).isEqualTo(200);
    }

    @Test
    void very_many_machines_are_deleted_at_once_and_their_sockets_closed() throws Exception {
        registerVeryMany();
        List<Api.Registered> machines = IntStream.range(0, SOCKETS).mapToObj(i -> owner.registers("m")).toList();
        List<RawSocket> sockets = new ArrayList<>();
        for (Api.Registered machine : machines) {
            sockets.add(new RawSocket(machine.token()));
        }
        int all = VERY_MANY + SOCKETS;
        Api.Registered last = machines.get(SOCKETS - 1);
        assertThat(last.beats()).isEqualTo(200);
        try (Events events = Events.of(owner, "")) {
            owner.request().delete(Api.MACHINES + "?owner=me&expect=" + all).then().statusCode(200)
                    .body("changed", equalTo(all));

            assertThat(last.beats()).isEqualTo(401);
            for (RawSocket socket : sockets) {
                assertThat(socket.awaitClose().code()).isEqualTo(4401);
                socket.close();
            }
            Awaitility.await().until(() -> events.of("[]").contains("snapshot")
                    || events.of(last.machineId()).contains("removed"));
        }
        owner.list().then().body("size()", equalTo(0));
    }

    /** Without a look at each answer, which would take a minute. */
    private void registerVeryMany() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + Api.MACHINES))
                .header("Authorization", "Bearer " + owner.jwt()).header("Content-Type", "application/json")
                .version(HttpClient.Version.HTTP_1_1).POST(BodyPublishers.ofString("{\"name\":\"m\"}")).build();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < VERY_MANY; i += 100) {
            List<CompletableFuture<HttpResponse<Void>>> answers = IntStream.range(0, 100)
                    .mapToObj(each -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding())).toList();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
        }
    }
}
