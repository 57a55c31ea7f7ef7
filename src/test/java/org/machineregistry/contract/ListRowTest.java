package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What an entry of the list says where there is something to say, and leaves out else. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ListRowTest {
    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void registers() {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
    }

    @Test
    void what_nobody_said_is_left_out() {
        owner.list().then().body("[0]", not(hasKey("agentVersion"))).body("[0]", not(hasKey("alertAfterSeconds")));
    }

    @Test
    void the_agents_version_is_in_the_list_and_in_pages_of_it() {
        machine.sends(Map.of("agentVersion", "agent.sh 1.2")).post(Api.CONNECT).then().statusCode(200);

        owner.list().then().body("agentVersion", contains("agent.sh 1.2"));
        owner.request().queryParam("limit", 1).get(Api.MACHINES).then().body("agentVersion",
                contains("agent.sh 1.2"));
    }

    @Test
    void the_time_of_an_alert_is_in_the_list_until_it_is_taken_away() {
        owner.sends(Map.of("alertAfterSeconds", 300)).patch(Api.MACHINE, machine.machineId()).then().statusCode(200);
        owner.list().then().body("alertAfterSeconds", contains(300));

        owner.sends("{\"alertAfterSeconds\":null}").patch(Api.MACHINE, machine.machineId()).then().statusCode(200);
        owner.list().then().body("[0]", not(hasKey("alertAfterSeconds")));
    }

    @Test
    void whoever_watches_sees_both_change() throws Exception {
        try (Events events = Events.of(owner, "")) {
            owner.sends(Map.of("alertAfterSeconds", 300)).patch(Api.MACHINE, machine.machineId()).then()
                    .statusCode(200);
            await(events, "\"alertAfterSeconds\":300");

            machine.request().post(Api.CONNECT).then().statusCode(200);
            machine.sends(Map.of("agentVersion", "agent.sh 1.2")).post(Api.CONNECT).then().statusCode(200);
            await(events, "\"agentVersion\":\"agent.sh 1.2\"");

            assertThat(events.of(machine.machineId()).subList(0, 2)).isEqualTo(List.of("snapshot", "machine"));
        }
    }

    private static void await(Events events, String part) {
        Awaitility.await().until(() -> events.of(part).contains("machine"));
    }

    @Test
    void the_service_says_which_agent_is_the_newest() {
        String script = Api.request().get("/agent.sh").then().statusCode(200).extract().asString();
        String version = Api.elsewhere().get("/q/info").then().statusCode(200).extract().path("agent.version");

        assertThat(version).startsWith("agent.sh ");
        assertThat(script).contains("\nAGENT_VERSION='" + version + "'\n");
        machine.sends(Map.of("agentVersion", version)).post(Api.CONNECT).then().statusCode(200);
        owner.details(machine).then().body("agentVersion", equalTo(version));
    }
}
