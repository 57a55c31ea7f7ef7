package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class CsvTest {
    private static final String NAMES = "machineId,name,status,statusSince,lastSeen,assistantCount,offlineReason,owner,labels,"
            + "removedAt,sharedBy,agentVersion,alertAfterSeconds";

    // More than are read at once.
    private static final int MANY = 300;

    private Api.Person owner;

    @BeforeEach
    void somebody_has_no_machines() {
        owner = Api.Person.anyone();
    }

    private Response csv(String query) {
        Response list = owner.request().accept("text/csv").get(Api.MACHINES + query);
        list.then().statusCode(200).header("Content-Type", containsString("text/csv"));
        return list;
    }

    @Test
    void a_list_has_a_line_for_each_machine() {
        Api.Registered first = Api.Registered
                .of(owner.sends(Map.of("name", "=1+1, \"a\"", "labels", Map.of("env", "prod")))
                        .post(Api.MACHINES));
        Api.Registered second = owner.registers("B\u00fcro");
        Map<String, Object> entry = owner.list().jsonPath().getMap("[0]");

        List<String> lines = List.of(csv("").asString().split("\r\n"));

        assertThat(lines).hasSize(3).startsWith(NAMES);
        assertThat(lines.get(1))
                .isEqualTo(first.machineId() + ",\"'=1+1, \"\"a\"\"\",offline," + entry.get("statusSince")
                        + "," + entry.get("lastSeen") + ",0,never_connected," + owner.userId()
                        + ",\"{\"\"env\"\": \"\"prod\"\"}\",,,,");
        assertThat(lines.get(2)).startsWith(second.machineId() + ",B\u00fcro,offline,").endsWith(",{},,,,");
    }

    @Test
    void the_owner_s_id_is_written_as_it_is_also_where_it_begins_with_a_hyphen() {
        owner = Members.signedIn("-" + UUID.randomUUID());
        owner.registers("a");

        assertThat(csv("").asString()).contains(",never_connected," + owner.userId() + ",{},");
    }

    @Test
    void it_says_when_a_machine_is_removed() {
        owner.sends(Map.of("name", "a", "removeAfterSeconds", 600)).post(Api.MACHINES);

        Long removedAt = owner.list().path("[0].removedAt");

        assertThat(csv("").asString()).endsWith(",{}," + removedAt + ",,,\r\n");
    }

    @Test
    void who_has_no_credential_gets_a_line_of_names() {
        Api.elsewhere().accept("text/csv").get(Api.MACHINES).then().statusCode(200)
                .header("Content-Type", containsString("text/csv")).body(equalTo(NAMES + "\r\n"));
    }

    @Test
    void a_long_list_is_whole() {
        owner.sends(IntStream.range(0, MANY).mapToObj(i -> Map.of("name", "m" + i)).toList()).post(Api.MACHINES).then()
                .statusCode(201);

        String[] lines = csv("").asString().split("\r\n");

        assertThat(lines).hasSize(MANY + 1).doesNotHaveDuplicates();
        assertThat(lines[0]).isEqualTo(NAMES);
        assertThat(lines[MANY]).contains(",m" + (MANY - 1) + ",offline,");
    }

    @Test
    void no_machines_are_a_line_of_names() {
        assertThat(csv("").asString()).isEqualTo(NAMES + "\r\n");
    }

    @Test
    void it_has_pages_selections_and_etags_of_its_own() {
        owner.registers("a");
        owner.registers("b");
        Response page = csv("?limit=1&status=offline");

        assertThat(page.asString().split("\r\n")).hasSize(2);
        assertThat(page.header("Link")).contains("rel=\"next\"");
        assertThat(csv("?label=env").asString()).isEqualTo(NAMES + "\r\n");
        owner.request().accept("text/csv").header("If-None-Match", page.header("ETag"))
                .get(Api.MACHINES + "?limit=1&status=offline").then().statusCode(304);
        owner.request().get(Api.MACHINES + "?limit=1&status=offline").then().header("ETag",
                not(equalTo(page.header("ETag"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"*/* | application/json", "application/json, text/csv | application/json",
            "text/csv, */*;q=0.1 | text/csv", "text/csv;q=0.5, application/json;q=0.4 | text/csv", "text/* | text/csv",
            "application/*, text/csv;q=0.9 | application/json", "text/html, */*;q=0.5 | application/json"})
    void what_is_liked_best_is_sent(String accepted, String type) {
        Api.elsewhere().header("Authorization", "Bearer " + owner.jwt()).accept(accepted).get(Api.MACHINES).then()
                .statusCode(200).header("Content-Type", containsString(type)).header("Vary", containsString("Accept"));
    }
}
