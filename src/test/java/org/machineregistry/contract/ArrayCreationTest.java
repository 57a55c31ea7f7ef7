package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Machines that one request registers: all of them, or none. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ArrayCreationTest {
    private Api.Person owner;

    @BeforeEach
    void somebody_has_no_machines() {
        owner = Api.Person.anyone();
    }

    @Test
    void each_machine_gets_its_token_in_the_order_of_the_request() {
        String id = Api.anyMachineId();
        String secret = Api.anySecret();

        List<Map<String, String>> registered = owner
                .sends(List.of(Map.of("name", "z"), Map.of("name", "b", "machineId", id, "secret", secret),
                        Map.of("name", "a")))
                .post(Api.MACHINES)
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", nullValue())
                .body("size()", equalTo(3))
                .body("[1].token", equalTo(id + ":" + secret))
                .extract()
                .path("");

        owner.list().then().body("name", contains("a", "b", "z"));
        for (Map<String, String> one : registered) {
            assertThat(new Api.Registered(one.get("machineId"), one.get("token")).beats()).isEqualTo(200);
        }
    }

    @Test
    void an_array_of_one_is_answered_with_an_array() {
        owner.sends(List.of(Map.of("name", "a"))).post(Api.MACHINES).then().statusCode(201).body("size()", equalTo(1))
                .body("[0].size()", equalTo(2));
    }

    @Test
    void there_may_be_1000_of_them() {
        owner.sends(Collections.nCopies(1_000, Map.of("name", "a"))).post(Api.MACHINES).then().statusCode(201)
                .body("machineId.unique().size()", equalTo(1_000));

        owner.request().get(Api.SUMMARY).then().body("total", equalTo(1_000));
    }

    @Test
    void one_more_is_refused_and_so_is_none() {
        for (List<?> machines : List.of(Collections.nCopies(1_001, Map.of("name", "a")), List.of())) {
            odd(machines).then()
                    .statusCode(400)
                    .body("violations.message", contains("must have 1 to 1,000 machines"));
        }

        owner.request().get(Api.SUMMARY).then().body("total", equalTo(0));
    }

    @Test
    void every_field_at_fault_is_named_with_its_index_and_none_is_registered() {
        odd(List.of(Map.of("name", "a"), Map.of("name", "", "secret", "x"), Map.of("machineId", "y"))).then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", containsInAnyOrder("[1].name", "[1].secret", "[2].name", "[2].machineId"));

        owner.request().get(Api.SUMMARY).then().body("total", equalTo(0));
    }

    @Test
    void what_is_no_machine_is_named_too() {
        String valid = "{\"name\":\"a\"}";
        for (Map.Entry<String, String> wrong : Map
                .of("1", "[1]", "null", "[1]", "[]", "[1]", "{\"name\":1}", "[1].name",
                        "{\"name\":\"\\u0000\"}", "[1].name")
                .entrySet()) {
            odd("[" + valid + "," + wrong.getKey() + "]").then()
                    .statusCode(400)
                    .body("violations.field", contains(wrong.getValue()));
        }
        odd("[" + valid + ",{").then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void one_id_cannot_be_of_two_of_them() {
        String id = Api.anyMachineId();

        odd(List.of(Map.of("name", "a", "machineId", id), Map.of("name", "b"), Map.of("name", "c", "machineId", id)))
                .then()
                .statusCode(400)
                .body("violations.field", contains("[2].machineId"));

        owner.request().get(Api.SUMMARY).then().body("total", equalTo(0));
    }

    @Test
    void ids_that_are_taken_are_named_and_none_is_registered() {
        Api.Registered first = Api.Person.anyone().registers("first");
        Api.Registered second = owner.registers("second");

        owner.sends(List.of(Map.of("name", "a"), Map.of("name", "b", "machineId", second.machineId()),
                Map.of("name", "c", "machineId", Api.anyMachineId()),
                Map.of("name", "d", "machineId", first.machineId())))
                .post(Api.MACHINES)
                .then()
                .statusCode(409)
                .body("title", equalTo("Machine ID already exists"))
                .body("violations.field", contains("[1].machineId", "[3].machineId"));

        owner.list().then().body("name", contains("second"));
    }

    @Test
    void of_many_arrays_at_once_that_share_ids_one_is_registered() throws Exception {
        List<Map<String, String>> machines = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> Map.of("name", "m" + i, "machineId", Api.anyMachineId()))
                .toList());

        List<Integer> statuses = Crowd.atOnce(20, () -> {
            List<Map<String, String>> shuffled = new ArrayList<>(machines);
            Collections.shuffle(shuffled);
            return owner.sends(shuffled).post(Api.MACHINES).statusCode();
        });

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        owner.request().get(Api.SUMMARY).then().body("total", equalTo(50));
    }

    private Response odd(Object body) {
        return Api.oddRequest(owner.jwt()).contentType("application/json").body(body).post(Api.MACHINES);
    }
}
