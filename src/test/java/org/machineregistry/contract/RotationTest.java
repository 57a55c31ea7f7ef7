package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class RotationTest {

    @Test
    void a_rotated_token_is_new_and_shown_once() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        Api.Registered rotated = owner.rotates(machine);

        assertThat(rotated.machineId()).isEqualTo(machine.machineId());
        assertThat(rotated.secret()).matches("mrs_[0-9A-Za-z]{38}").isNotEqualTo(machine.secret());
        owner.request().post(Api.TOKEN, machine.machineId()).then().statusCode(201)
                .header("Cache-Control", "no-store");
    }

    @Test
    void the_old_token_works_until_the_new_one_is_used() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");
        assertThat(old.beats()).isEqualTo(200);

        Api.Registered young = owner.rotates(old);

        assertThat(old.beats()).isEqualTo(200);
        assertThat(young.beats()).isEqualTo(200);
        assertThat(old.beats()).isEqualTo(401);
        assertThat(young.beats()).isEqualTo(200);
    }

    @Test
    void a_socket_of_the_old_token_is_closed_when_the_new_one_is_first_used() throws Exception {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");
        try (RawSocket socket = new RawSocket(old.token())) {
            assertThat(socket.send("{\"type\":\"connect\"}").nextText()).startsWith("{\"type\":\"connected\"");
            Api.Registered young = owner.rotates(old);
            assertThat(socket.send("{\"type\":\"connect\"}").nextText()).startsWith("{\"type\":\"connected\"");

            assertThat(young.beats()).isEqualTo(200);

            assertThat(socket.awaitClose().code()).isEqualTo(4401);
        }
    }

    @Test
    void a_new_token_works_at_once_and_one_that_it_replaced_does_not() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered used = owner.registers("build box");

        // With ten wrong tokens in a minute, the address would be refused.
        for (int i = 0; i < 9; i++) {
            Api.Registered unused = owner.rotates(used);
            assertThat(used.beats()).isEqualTo(200);
            Api.Registered last = owner.rotates(used);

            assertThat(unused.beats()).isEqualTo(401);
            assertThat(last.beats()).isEqualTo(200);
            used = last;
        }
    }

    @Test
    void a_machine_that_never_used_its_first_token_may_rotate() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");

        Api.Registered young = owner.rotates(old);

        assertThat(young.beats()).isEqualTo(200);
        assertThat(old.beats()).isEqualTo(401);
    }

    @Test
    void rotating_twice_replaces_the_unused_token_and_keeps_the_one_in_use() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered used = owner.registers("build box");
        assertThat(used.beats()).isEqualTo(200);

        Api.Registered unused = owner.rotates(used);
        Api.Registered last = owner.rotates(used);

        assertThat(unused.beats()).isEqualTo(401);
        assertThat(used.beats()).isEqualTo(200);
        assertThat(last.beats()).isEqualTo(200);
        assertThat(used.beats()).isEqualTo(401);
    }

    @RepeatedTest(50)
    void a_leaked_token_dies_at_once() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered leaked = owner.registers("build box");
        assertThat(leaked.beats()).isEqualTo(200);

        Api.Registered young = Api.Registered
                .of(owner.sends(Map.of("revokeOld", true)).post(Api.TOKEN, leaked.machineId()));

        assertThat(leaked.beats()).isEqualTo(401);
        assertThat(young.beats()).isEqualTo(200);
    }

    @Test
    void a_revoked_token_does_not_come_back_with_the_next_rotation() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered leaked = owner.registers("build box");
        owner.sends(Map.of("revokeOld", true)).post(Api.TOKEN, leaked.machineId()).then().statusCode(201);
        assertThat(leaked.beats()).isEqualTo(401);

        Api.Registered last = owner.rotates(leaked);

        assertThat(last.beats()).isEqualTo(200);
        assertThat(leaked.beats()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"revokeOld\":false}", "{\"revokeOld\":null}", "null", "{\"other\":1}"})
    void without_a_leak_the_old_token_lives_on(String body) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");

        Api.Registered young = Api.Registered.of(owner.sends(body).post(Api.TOKEN, old.machineId()));

        assertThat(old.beats()).isEqualTo(200);
        assertThat(young.beats()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"revokeOld\":\"true\"}", "{\"revokeOld\":1}", "[]", "true", "{\"revokeOld\":{}}"})
    void what_is_not_understood_rotates_nothing(String body) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered old = owner.registers("build box");

        owner.sends(body).post(Api.TOKEN, old.machineId()).then().statusCode(400);

        assertThat(old.beats()).isEqualTo(200);
    }
}
