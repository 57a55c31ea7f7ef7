package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** What people without an account may have together holds for what comes with their keys, too. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AnonymousEnrolmentTest {
    @Inject
    DataSource database;

    @Test
    void the_machines_of_their_keys_count_as_theirs() throws Exception {
        assertThat(isAnonymous(enrolled(Api.Person.anyone(), Map.of("name", "k")))).isTrue();
    }

    @Test
    void those_of_a_team_and_of_people_with_an_account_do_not() throws Exception {
        String team = Members.anyTeam();

        assertThat(isAnonymous(enrolled(Members.of(team), Map.of("name", "k")))).isFalse();
        assertThat(isAnonymous(enrolled(Members.of(team), Map.of("name", "k", "owner", "team:" + team)))).isFalse();
    }

    private static String enrolled(Api.Person person, Map<String, ?> newKey) {
        String key = person.sends(newKey).post("/api/enrolment-keys").then().statusCode(201).extract().path("key");
        String machineId = Api.anyMachineId();
        Api.request(key).contentType(ContentType.JSON)
                .body(Map.of("machineId", machineId, "secret", Api.anySecret(), "name", "a"))
                .post("/api/agent/enrol").then().statusCode(201);
        return machineId;
    }

    private boolean isAnonymous(String machineId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection
                        .prepareStatement("select anonymous from machine where machine_id = ?")) {
            statement.setString(1, machineId);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBoolean(1);
            }
        }
    }
}
