package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A machine that leaves for good. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LeaveTest {
    private static final String LEAVE = "/api/agent";

    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void somebody_has_a_machine() {
        owner = Api.Person.anyone();
        machine = owner.registers("a");
    }

    @Test
    void it_is_removed_and_its_token_ends() {
        owner.registers("b");

        Api.request(machine.token()).delete(LEAVE).then().statusCode(204).header("Cache-Control", "no-store");

        owner.list().then().body("name", equalTo(List.of("b")));
        assertThat(machine.beats()).isEqualTo(401);
        Api.request(machine.token()).delete(LEAVE).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void it_leaves_also_when_it_was_handed_over_since_it_came() {
        String team = Members.anyTeam();
        Api.Person admin = Members.of(team + ":admin");
        Api.Registered moved = admin.registers("c");
        assertThat(moved.beats()).isEqualTo(200);
        admin.sends(Map.of("owner", "team:" + team)).patch(Api.MACHINE, moved.machineId()).then().statusCode(200);

        Api.request(moved.token()).delete(LEAVE).then().statusCode(204);

        assertThat(moved.beats()).isEqualTo(401);
        admin.request().get(Api.MACHINE, moved.machineId()).then().statusCode(404);
    }

    @Test
    void of_many_that_leave_at_once_with_one_token_one_does() throws Exception {
        List<Integer> answers = Crowd.atOnce(8,
                () -> Api.request(machine.token()).delete(LEAVE).statusCode());

        assertThat(answers).containsOnly(204, 401).containsOnlyOnce(204);
    }

    @Test
    void nobody_else_can_take_it_away() {
        for (String credential : List.of(owner.jwt(), machine.machineId() + ":" + Api.anySecret())) {
            Api.oddRequest(credential).delete(LEAVE).then().statusCode(401);
        }
        Api.oddRequest().delete(LEAVE).then().statusCode(401);
        // No page sends a machine's token by itself, so that it does not matter where one is.
        Api.oddRequest().header("Origin", "https://elsewhere.example").header("Cookie", "a=b").delete(LEAVE).then()
                .statusCode(401);
        Api.oddRequest(machine.token()).delete(LEAVE + "?all=true").then().statusCode(400);
        assertThat(Api.oddRequest(machine.token()).post(LEAVE).statusCode()).isEqualTo(405);

        owner.list().then().body("name", equalTo(List.of("a")));
    }
}
