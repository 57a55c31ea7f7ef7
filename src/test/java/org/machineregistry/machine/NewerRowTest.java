package org.machineregistry.machine;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

/** A newer version, which runs beside this one while the service is updated, wrote a status and a reason that this one lacks. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class NewerRowTest {
    private static final String MACHINES = "/api/machines";
    // What a migration of that version would have taken away.
    private static final List<String> CHECKS = List.of("machine_status_check", "machine_offline_reason_check",
            "machine_check");

    @Inject
    DataSource database;

    private String session;
    private String machineId;

    @BeforeEach
    void a_newer_version_wrote_a_row() throws SQLException {
        session = given().post("/api/sessions").then().statusCode(201).extract().path("token");
        machineId = asOwner().contentType("application/json").body("{\"name\":\"build box\"}").post(MACHINES).then()
                .statusCode(201).extract().path("machineId");
        execute("""
                do $$
                declare
                  name text;
                begin
                  create table checks_of_machine as
                    select conname, pg_get_constraintdef(oid) as definition from pg_constraint
                    where conrelid = 'machine'::regclass and conname in ('%s');
                  for name in select conname from checks_of_machine loop
                    execute format('alter table machine drop constraint %%I', name);
                  end loop;
                end $$""".formatted(String.join("', '", CHECKS)));
        execute("update machine set status = 'asleep', offline_reason = 'hibernating' where machine_id = '" + machineId
                + "'");
    }

    @AfterEach
    void it_is_gone_again() throws SQLException {
        execute("delete from machine where machine_id = '" + machineId + "'");
        execute("""
                do $$
                declare
                  one record;
                begin
                  for one in select * from checks_of_machine loop
                    execute format('alter table machine add constraint %I %s', one.conname, one.definition);
                  end loop;
                  drop table checks_of_machine;
                end $$""");
    }

    @Test
    void it_is_shown_as_offline_in_the_list_and_by_itself() {
        asOwner().get(MACHINES).then().statusCode(200)
                .body("machineId", contains(machineId))
                .body("[0].status", equalTo("offline"))
                .body("[0].offlineReason", nullValue());
        asOwner().get(MACHINES + "/" + machineId).then().statusCode(200)
                .body("status", equalTo("offline"))
                .body("offlineReason", nullValue());
    }

    @Test
    void it_is_found_among_those_that_are_offline() {
        asOwner().get(MACHINES + "?status=offline").then().statusCode(200).body("machineId", contains(machineId));
        asOwner().get(MACHINES + "?status=online").then().statusCode(200).body("machineId", empty());
    }

    private RequestSpecification asOwner() {
        return given().auth().oauth2(session);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
