package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Two hosts that use one token, because somebody cloned a disk. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SharedTokenTest {
    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void a_machine_is_registered() {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
    }

    @Test
    void two_agents_that_are_both_heard_are_named_by_their_hosts() {
        connects("first", "build-7");
        connects("second", "build-9");
        beats("first");

        assertSharedBy(List.of("build-7", "build-9"));
        assertThat(owner.details(machine).<List<String>>path("sharedBy")).containsExactly("build-7", "build-9");
        assertThat(owner.statusOf(machine)).isEqualTo("online");
    }

    @Test
    void two_agents_that_beat_in_the_same_second_are_both_noticed() {
        connects("first", "build-7");
        connects("second", "build-9");
        for (int round = 0; round < 3; round++) {
            beats("first");
            beats("second");
        }

        assertSharedBy(List.of("build-7", "build-9"));
    }

    @Test
    void two_agents_on_hosts_of_one_name_are_two_all_the_same() {
        connects("first", "debian");
        connects("second", "debian");
        beats("first");

        assertSharedBy(List.of("debian", "debian"));
    }

    @Test
    void a_host_that_did_not_say_its_name_is_called_unknown() {
        beats("first");
        // A heartbeat is answered before it is written, and the two would be heard in one write.
        await().until(() -> owner.statusOf(machine).equals("online"));
        connects("second", "build-9");
        beats("first");

        assertSharedBy(List.of("build-9", "unknown"));
    }

    @Test
    void an_agent_that_was_started_again_is_one() {
        connects("first", "build-7");
        leaves("first");
        connects("second", "build-7");
        beats("second");

        await().during(1, SECONDS).atMost(3, SECONDS).until(() -> sharedBy() == null);
    }

    @Test
    void agents_that_say_no_id_are_taken_for_one() {
        machine.sends(Map.of("hostname", "build-7")).post(Api.CONNECT).then().statusCode(200);
        machine.sends(Map.of("hostname", "build-9")).post(Api.CONNECT).then().statusCode(200);
        machine.beats();

        await().during(1, SECONDS).atMost(3, SECONDS).until(() -> sharedBy() == null);
    }

    @Test
    void the_goodbye_of_one_leaves_the_other_online_whichever_it_is() {
        for (String leaving : List.of("first", "second")) {
            connects("first", "build-7");
            connects("second", "build-9");
            beats("first");
            assertSharedBy(List.of("build-7", "build-9"));

            leaves(leaving);

            assertThat(sharedBy()).isNull();
            assertThat(owner.statusOf(machine)).isEqualTo("online");
            assertThat(owner.details(machine).<String>path("hostname"))
                    .isEqualTo(leaving.equals("first") ? "build-9" : "build-7");
        }
    }

    @Test
    void a_goodbye_without_an_id_is_everybodys() {
        connects("first", "build-7");
        connects("second", "build-9");
        beats("first");
        assertSharedBy(List.of("build-7", "build-9"));

        machine.request().post(Api.DISCONNECT).then().statusCode(204);

        assertThat(owner.statusOf(machine)).isEqualTo("offline");
        assertThat(sharedBy()).isNull();
    }

    @Test
    void an_id_that_is_too_long_is_refused() {
        machine.sends("{\"instanceId\":\"" + "x".repeat(1025) + "\"}").post(Api.HEARTBEAT).then().statusCode(400);
        machine.sends("{\"instanceId\":\"" + "x".repeat(1025) + "\"}").post(Api.DISCONNECT).then().statusCode(400);
        machine.sends("{\"instanceId\":\"" + "x".repeat(1024) + "\"}").post(Api.CONNECT).then().statusCode(200);
    }

    private void connects(String instanceId, String hostname) {
        machine.sends(Map.of("instanceId", instanceId, "hostname", hostname)).post(Api.CONNECT).then().statusCode(200);
    }

    private void beats(String instanceId) {
        machine.sends(Map.of("instanceId", instanceId)).post(Api.HEARTBEAT).then().statusCode(200);
    }

    private void leaves(String instanceId) {
        machine.sends(Map.of("instanceId", instanceId)).post(Api.DISCONNECT).then().statusCode(204);
    }

    private void assertSharedBy(List<String> hosts) {
        await().until(() -> hosts.equals(sharedBy()));
    }

    private List<String> sharedBy() {
        return owner.list().path("[0].sharedBy");
    }
}
