package org.machineregistry.contract;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class AlertAfterTest {
    @Test
    void a_machine_is_registered_with_it() {
        Api.Person owner = Api.Person.anyone();
        String path = owner.sends(Map.of("name", "a", "alertAfterSeconds", 300)).post(Api.MACHINES).then()
                .statusCode(201).extract().header("Location");

        owner.request().get(path).then().body("alertAfterSeconds", equalTo(300));
    }

    @Test
    void a_patch_changes_what_it_names_and_null_takes_it_away() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        owner.details(machine).then().body("alertAfterSeconds", nullValue());

        owner.sends(Map.of("alertAfterSeconds", 60)).patch(Api.MACHINE, machine.machineId()).then().statusCode(200)
                .body("alertAfterSeconds", equalTo(60)).body("name", equalTo("build box"));
        owner.sends(Map.of("name", "other")).patch(Api.MACHINE, machine.machineId()).then().statusCode(200)
                .body("alertAfterSeconds", equalTo(60)).body("name", equalTo("other"));
        owner.sends("{}").patch(Api.MACHINE, machine.machineId()).then().statusCode(200)
                .body("alertAfterSeconds", equalTo(60)).body("name", equalTo("other"));
        owner.sends("{\"alertAfterSeconds\":null}").patch(Api.MACHINE, machine.machineId()).then().statusCode(200)
                .body("alertAfterSeconds", nullValue()).body("name", equalTo("other"));
        owner.details(machine).then().body("alertAfterSeconds", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"29", "0", "-1", "2592001", "\"60\"", "true", "[]", "{}"})
    void what_is_no_such_time_is_refused(String seconds) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        owner.sends("{\"name\":\"other\",\"alertAfterSeconds\":" + seconds + "}")
                .patch(Api.MACHINE, machine.machineId()).then().statusCode(400)
                .body("violations.field", contains("alertAfterSeconds"));
        owner.sends("{\"name\":\"other\",\"alertAfterSeconds\":" + seconds + "}").post(Api.MACHINES).then()
                .statusCode(400).body("violations.field", contains("alertAfterSeconds"));
        owner.details(machine).then().body("name", equalTo("build box"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "60.5", "1e3"})
    void a_number_that_is_not_whole_or_too_large_is_refused(String seconds) {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");

        owner.sends("{\"alertAfterSeconds\":" + seconds + "}").patch(Api.MACHINE, machine.machineId()).then()
                .statusCode(400);
        owner.details(machine).then().body("alertAfterSeconds", nullValue());
    }

    @Test
    void the_page_can_tell_that_alerts_go_nowhere() {
        given().get("/q/info").then().statusCode(200).body("alerts.configured", equalTo(false));
    }
}
