package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class RemoveAfterTest {
    private static final int WEEK_SECONDS = 604_800;
    private static final long SLACK_MILLIS = 60_000;

    private Api.Person owner;

    @BeforeEach
    void somebody_has_no_machines() {
        owner = Api.Person.anyone();
    }

    private Api.Registered registersFor(int seconds) {
        return Api.Registered
                .of(owner.sends(Map.of("name", "a", "removeAfterSeconds", seconds)).post(Api.MACHINES));
    }

    private Response patch(Api.Registered machine, String body) {
        return owner.sends(body).patch(Api.MACHINE, machine.machineId());
    }

    /** From now on. */
    private static void assertIn(int seconds, Object removedAt) {
        assertThat((Long) removedAt - System.currentTimeMillis())
                .isBetween(TimeUnit.SECONDS.toMillis(seconds) - SLACK_MILLIS,
                        TimeUnit.SECONDS.toMillis(seconds) + SLACK_MILLIS);
    }

    @Test
    void a_machine_is_registered_with_it_and_list_and_details_say_when_it_is_removed() {
        Api.Registered machine = registersFor(WEEK_SECONDS);

        Long removedAt = owner.details(machine).then().body("removeAfterSeconds", equalTo(WEEK_SECONDS)).extract()
                .path("removedAt");

        assertIn(WEEK_SECONDS, removedAt);
        owner.list().then().body("removedAt", equalTo(List.of(removedAt)));
    }

    @Test
    void those_of_an_array_are_registered_each_with_its_own() {
        owner.sends(List.of(Map.of("name", "a", "removeAfterSeconds", 60), Map.of("name", "b"))).post(Api.MACHINES)
                .then()
                .statusCode(201);

        owner.list().then().body("[1]", not(hasKey("removedAt")));
        assertIn(60, owner.list().path("[0].removedAt"));
    }

    @Test
    void the_machines_of_an_enrolment_key_have_it() {
        String key = owner.sends(Map.of("name", "k", "removeAfterSeconds", 120)).post("/api/enrolment-keys").then()
                .statusCode(201).extract().path("key");
        String machineId = Api.anyMachineId();

        Api.elsewhere().header("Authorization", "Bearer " + key).contentType("application/json")
                .body(Map.of("machineId", machineId, "secret", Api.anySecret(), "name", "a"))
                .post("/api/agent/enrol").then().statusCode(201);

        owner.request().get(Api.MACHINES + "/" + machineId).then().body("removeAfterSeconds", equalTo(120));
    }

    @Test
    void one_that_is_online_will_not_be_removed_and_one_that_leaves_will_and_streams_say_so() throws Exception {
        Api.Registered machine = registersFor(WEEK_SECONDS);
        try (Events events = Events.of(owner, "")) {
            assertThat(machine.beats()).isEqualTo(200);
            Awaitility.await().until(() -> owner.list().path("[0].status").equals("online"));
            owner.list().then().body("[0]", not(hasKey("removedAt")));
            owner.details(machine).then().body("$", not(hasKey("removedAt")));
            // Changes that wait are shown as one.
            Awaitility.await().until(() -> events.of(machine.machineId()).size() >= 2);

            Api.request(machine.token()).post("/api/agent/disconnect").then().statusCode(204);

            Awaitility.await().until(() -> events.of(machine.machineId()).size() >= 3);
        }
        assertIn(WEEK_SECONDS, owner.list().path("[0].removedAt"));
    }

    @Test
    void a_patch_changes_what_it_names_null_takes_it_away_and_streams_are_told() throws Exception {
        Api.Registered machine = owner.registers("build box");
        owner.details(machine).then().body("removeAfterSeconds", nullValue());
        try (Events events = Events.of(owner, "")) {
            Long removedAt = patch(machine, "{\"removeAfterSeconds\":600,\"name\":\"other\"}").then().statusCode(200)
                    .body("removeAfterSeconds", equalTo(600)).body("name", equalTo("other")).extract()
                    .path("removedAt");

            assertIn(600, removedAt);
            Awaitility.await().until(() -> events.of("\"removedAt\":" + removedAt).contains("machine"));
        }
        patch(machine, "{\"alertAfterSeconds\":60}").then().body("removeAfterSeconds", equalTo(600));
        patch(machine, "{\"removeAfterSeconds\":null}").then().statusCode(200)
                .body("removeAfterSeconds", nullValue()).body("$", not(hasKey("removedAt")))
                .body("alertAfterSeconds", equalTo(60));
        owner.list().then().body("[0]", not(hasKey("removedAt")));
    }

    @Test
    void many_are_changed_at_once() {
        owner.registers("a");
        owner.registers("b");

        owner.sends("{\"removeAfterSeconds\":600}").patch(Api.MACHINES + "?owner=me&expect=2").then().statusCode(200);
        assertIn(600, owner.list().path("[1].removedAt"));
        owner.sends("{\"removeAfterSeconds\":null}").patch(Api.MACHINES + "?owner=me&expect=2").then()
                .statusCode(200);
        owner.list().then().body("[0]", not(hasKey("removedAt")));
        owner.sends("{\"removeAfterSeconds\":59}").patch(Api.MACHINES + "?owner=me&expect=2").then().statusCode(400)
                .body("violations.field", contains("removeAfterSeconds"));
    }

    @Test
    void who_may_not_delete_a_machine_may_not_have_it_removed_either() {
        String team = Members.anyTeam();
        Api.Person operator = Members.of(team + ":operator");
        String path = operator.sends(Map.of("name", "a", "owner", "team:" + team, "removeAfterSeconds", 600))
                .post(Api.MACHINES).then().statusCode(201).extract().header("Location");

        operator.sends("{\"removeAfterSeconds\":60}").patch(path).then().statusCode(403);
        Members.of(team + ":admin").sends("{\"removeAfterSeconds\":60}").patch(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"59", "0", "-1", "315360001", "\"60\"", "true", "[]", "{}"})
    void what_is_no_such_time_is_refused(String seconds) {
        Api.Registered machine = owner.registers("build box");
        String body = "{\"name\":\"other\",\"removeAfterSeconds\":" + seconds + "}";

        patch(machine, body).then().statusCode(400).body("violations.field", contains("removeAfterSeconds"));
        owner.sends(body).post(Api.MACHINES).then().statusCode(400)
                .body("violations.field", contains("removeAfterSeconds"));
        owner.sends(body).post("/api/enrolment-keys").then().statusCode(400)
                .body("violations.field", contains("removeAfterSeconds"));
        owner.details(machine).then().body("name", equalTo("build box"));
    }
}
