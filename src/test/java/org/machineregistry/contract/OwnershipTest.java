package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What an owner may do with a machine, and nobody else. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OwnershipTest {

    @Test
    void an_owner_renames_a_machine() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("old");

        owner.sends(Map.of("name", " new ")).patch(Api.MACHINE, machine.machineId()).then()
                .statusCode(200)
                .body("name", equalTo("new"))
                .body("machineId", equalTo(machine.machineId()))
                .body("status", equalTo("offline"));

        owner.list().then().body("name", contains("new"));
        owner.request().queryParam("q", "NEW").get(Api.MACHINES).then().body("name", contains("new"));
    }

    @Test
    void a_machine_that_is_deleted_while_it_is_renamed_is_not_there() throws Exception {
        Api.Person owner = Api.Person.anyone();
        for (int i = 0; i < 20; i++) {
            Api.Registered machine = owner.registers("old");
            AtomicInteger place = new AtomicInteger();

            List<Integer> statuses = Crowd.atOnce(8, () -> place.getAndIncrement() == 0
                    ? owner.request().delete(Api.MACHINE, machine.machineId()).statusCode()
                    : owner.sends(Map.of("name", "new")).patch(Api.MACHINE, machine.machineId()).statusCode());

            assertThat(statuses).isSubsetOf(200, 204, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":null}", "{\"name\":\"\"}", "{\"name\":\" \"}", "{\"name\":\"\\u0000\"}",
            "{\"name\":1}"})
    void a_new_name_has_to_be_a_name(String body) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("old");

        owner.sends(body).patch(Api.MACHINE, machine.machineId()).then().statusCode(400)
                .body("violations.field", contains("name"));

        owner.details(machine).then().body("name", equalTo("old"));
    }

    @Test
    void renaming_changes_nothing_else() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("old");
        machine.sends(Map.of("hostname", "host", "assistantCount", 3)).post(Api.CONNECT).then().statusCode(200);

        owner.sends(Map.of("name", "new")).patch(Api.MACHINE, machine.machineId()).then()
                .statusCode(200)
                .body("status", equalTo("online"))
                .body("hostname", equalTo("host"))
                .body("assistantCount", equalTo(3));
        assertThat(machine.beats()).isEqualTo(200);
    }

    @Test
    void what_belongs_to_somebody_else_does_not_exist() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        Api.Person other = Api.Person.anyone();
        String id = machine.machineId();

        other.details(machine).then().statusCode(404).body("title", equalTo("Not Found"));
        other.sends(Map.of("name", "theirs")).patch(Api.MACHINE, id).then().statusCode(404);
        other.request().post(Api.TOKEN, id).then().statusCode(404);
        other.request().delete(Api.MACHINE, id).then().statusCode(404);

        owner.details(machine).then().statusCode(200).body("name", equalTo("build box"));
        assertThat(machine.beats()).isEqualTo(200);
    }

    @Test
    void a_foreign_machine_and_none_are_answered_alike() {
        Api.Registered machine = Api.Person.anyone().registers("build box");
        Api.Person other = Api.Person.anyone();

        String foreign = other.details(machine).asString();
        String none = other.request().get(Api.MACHINE, Api.anyMachineId()).asString();

        assertThat(foreign).isEqualTo(none);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%00", "a%2Fb", "%F0%9F%98%80", "..%2F..", "'or'1'='1"})
    void an_id_that_cannot_be_one_is_of_no_machine(String id) {
        Api.oddRequest(Api.Person.anyone().jwt()).urlEncodingEnabled(false).get(Api.MACHINES + "/" + id).then()
                .statusCode(404);
    }

    @Test
    void an_owner_deletes_a_machine_and_its_token_dies() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);

        owner.request().delete(Api.MACHINE, machine.machineId()).then().statusCode(204);

        owner.details(machine).then().statusCode(404);
        owner.list().then().body("", equalTo(List.of()));
        owner.request().delete(Api.MACHINE, machine.machineId()).then().statusCode(404);
        await().pollInterval(20, MILLISECONDS).until(() -> machine.beats() == 401);
    }

    @Test
    void an_id_is_free_again_after_its_machine_was_deleted() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("old");
        assertThat(old.beats()).isEqualTo(200);
        owner.request().delete(Api.MACHINE, old.machineId()).then().statusCode(204);

        Api.Registered young = Api.Person.anyone().registers("young", old.machineId());

        await().pollInterval(20, MILLISECONDS).until(() -> young.beats() == 200);
        assertThat(old.beats()).isEqualTo(401);
    }

    @Test
    void every_change_needs_a_user() {
        Api.Registered machine = Api.Person.anyone().registers("build box");
        String id = machine.machineId();

        Api.oddRequest().get(Api.MACHINE, id).then().statusCode(401);
        Api.oddRequest().contentType("application/json").body("{\"name\":\"a\"}").patch(Api.MACHINE, id).then()
                .statusCode(401);
        Api.oddRequest().post(Api.TOKEN, id).then().statusCode(401);
        Api.oddRequest().delete(Api.MACHINE, id).then().statusCode(401);
    }
}
