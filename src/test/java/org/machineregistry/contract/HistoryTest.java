package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class HistoryTest {
    private static final String HISTORY = "/api/machines/{machineId}/history";
    private static final int LONGEST = 64;

    @Test
    void a_new_machine_is_offline_since_its_registration() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        JsonPath details = owner.details(machine).then().statusCode(200).extract().jsonPath();
        assertThat(details.getLong("statusSince")).isEqualTo(details.getLong("createdAt"));
        owner.request().get(HISTORY, machine.machineId()).then().statusCode(200)
                .body("changes.status", contains("offline"))
                .body("changes.offlineReason", contains("never_connected"))
                .body("changes.at", contains(details.getLong("createdAt")))
                .body("uptime.day", nullValue());
    }

    @Test
    void each_change_of_the_status_is_kept_and_a_heartbeat_is_none() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);
        long since = owner.details(machine).path("statusSince");
        machine.request().post(Api.HEARTBEAT).then().statusCode(200);
        machine.request().post(Api.CONNECT).then().statusCode(200);

        assertThat(owner.list().jsonPath().getLong("[0].statusSince")).isEqualTo(since);
        machine.request().post(Api.DISCONNECT).then().statusCode(204);
        machine.request().post(Api.DISCONNECT).then().statusCode(204);

        owner.request().get(HISTORY, machine.machineId()).then().statusCode(200)
                .body("changes.status", contains("offline", "online", "offline"))
                .body("changes.offlineReason", contains("disconnected", null, "never_connected"))
                .body("changes[1].at", equalTo(since));
        assertThat(owner.details(machine).jsonPath().getLong("statusSince")).isGreaterThanOrEqualTo(since);
    }

    @Test
    void a_stream_says_since_when_as_the_details_do() throws Exception {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        long registered = owner.details(machine).path("statusSince");
        try (Events events = Events.of(owner, "")) {
            machine.request().post(Api.CONNECT).then().statusCode(200);
            long since = owner.details(machine).path("statusSince");

            assertThat(since).isGreaterThan(registered);
            Awaitility.await().untilAsserted(() -> assertThat(sinceIn(events, machine)).endsWith(since));
            machine.request().post(Api.DISCONNECT).then().statusCode(204);
            long gone = owner.details(machine).path("statusSince");

            assertThat(gone).isGreaterThan(since);
            Awaitility.await().untilAsserted(() -> assertThat(sinceIn(events, machine)).endsWith(since, gone));
        }
    }

    /** What the stream told of the machine's status, one after the other; how often it told the same is its own business. */
    private static List<Long> sinceIn(Events events, Api.Registered machine) {
        return events.data("machine", machine.machineId()).stream()
                .map(data -> JsonPath.from(data).getLong("statusSince")).distinct().toList();
    }

    @Test
    void the_last_64_changes_are_kept() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("flaps");
        for (int i = 0; i <= LONGEST / 2; i++) {
            machine.request().post(Api.CONNECT).then().statusCode(200);
            machine.request().post(Api.DISCONNECT).then().statusCode(204);
        }

        JsonPath history = owner.request().get(HISTORY, machine.machineId()).then().statusCode(200).extract()
                .jsonPath();
        List<Map<String, Object>> changes = history.getList("changes");
        assertThat(changes).hasSize(LONGEST);
        assertThat(changes.get(0)).containsEntry("status", "offline");
        assertThat(changes.get(LONGEST - 1)).containsEntry("status", "online");
        assertThat(history.getList("changes.at", Long.class))
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }

    @Test
    void an_offline_machine_has_no_assistants() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.sends(Map.of("assistantCount", 3)).post(Api.CONNECT).then().statusCode(200);
        owner.list().then().body("assistantCount", contains(3));

        machine.request().post(Api.DISCONNECT).then().statusCode(204);

        owner.list().then().body("assistantCount", contains(0));
        owner.details(machine).then().body("assistantCount", equalTo(0));
    }

    @Test
    void nobody_sees_anothers_history() {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        Api.Person.anyone().request().get(HISTORY, machine.machineId()).then().statusCode(404);
        Api.oddRequest().get(HISTORY, machine.machineId()).then().statusCode(401);
        Api.Person.anyone().request().get(HISTORY, Api.anyMachineId()).then().statusCode(404);
    }
}
