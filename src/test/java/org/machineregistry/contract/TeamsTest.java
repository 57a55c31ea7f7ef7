package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Machines that belong to a team, and what each of its members sees of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TeamsTest {
    private final String name = Members.anyTeam();
    private final String team = "team:" + name;
    private final Api.Person operator = Members.of(name);
    private final Api.Person viewer = Members.of(name + ":viewer");
    private final Api.Person admin = Members.of(name + ":admin");
    private final Api.Person administrator = Members.of(Members.ADMINISTRATORS);

    @Test
    void a_session_says_its_teams_and_the_role_in_each() {
        Api.Person person = Members.of("b:viewer", "a", "c:admin", "b:operator", "d:x");

        person.request().get(Api.CURRENT_SESSION).then().statusCode(200)
                .body("teams.name", contains("a", "b", "c", "d:x"))
                .body("teams.role", contains("operator", "operator", "admin", "operator"))
                .body("administrator", equalTo(false))
                .body("anonymous", equalTo(false));
        Api.Person.anyone().request().get(Api.CURRENT_SESSION).then()
                .body("teams", empty())
                .body("anonymous", equalTo(true));
        administrator.request().get(Api.CURRENT_SESSION).then().body("administrator", equalTo(true));
    }

    @Test
    void a_renewed_session_keeps_its_teams() {
        Response renewed = viewer.request().post(Api.SESSIONS);

        renewed.then().statusCode(201).body("teams.role", contains("viewer"));
        new Api.Person(viewer.userId(), renewed.path("token")).request().queryParam("owner", team).get(Api.MACHINES)
                .then().statusCode(200);
    }

    @Test
    void a_machine_of_a_team_is_in_the_team_s_list_and_among_all_and_not_among_mine() {
        Api.Registered machine = registers("build box");
        Api.Registered mine = viewer.registers("mine");

        viewer.request().queryParam("owner", team).get(Api.MACHINES).then().statusCode(200)
                .body("machineId", contains(machine.machineId()))
                .body("owner", contains(team));
        viewer.request().queryParam("owner", "all").get(Api.MACHINES).then()
                .body("machineId", contains(machine.machineId(), mine.machineId()))
                .body("owner", contains(team, viewer.userId()));
        viewer.list().then().body("machineId", contains(mine.machineId()));
        viewer.request().queryParam("owner", "me").get(Api.MACHINES).then()
                .body("machineId", contains(mine.machineId()));
        viewer.request().queryParam("owner", viewer.userId()).get(Api.MACHINES).then()
                .body("machineId", contains(mine.machineId()));
        viewer.details(machine).then().statusCode(200).body("owner", equalTo(team));
    }

    @Test
    void the_summary_counts_the_machines_of_the_owners_that_are_asked_for() {
        registers("build box");
        registers("other box");
        viewer.registers("mine");

        assertThat(totalOf(viewer, "me")).isEqualTo(1);
        assertThat(totalOf(viewer, team)).isEqualTo(2);
        assertThat(totalOf(viewer, "all")).isEqualTo(3);
        assertThat(totalOf(administrator, team)).isEqualTo(2);
        assertThat(totalOf(administrator, "all")).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.MACHINES, Api.SUMMARY, "/api/machines/events"})
    void an_owner_that_one_does_not_see_is_not_there(String path) {
        for (String owner : List.of(team, "team:", "somebody", operator.userId(), "Me", "x".repeat(300))) {
            Api.oddRequest(Members.of("elsewhere").jwt()).queryParam("owner", owner).get(path).then().statusCode(404)
                    .body("detail", equalTo("You see no machines of this owner."));
        }
    }

    @Test
    void the_pages_of_several_owners_are_in_one_order_and_complete() {
        Api.Person person = Members.of(name, name + "-2:viewer");
        Api.Person second = Members.of(name + "-2");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            names.add("box " + i);
            String owner = List.of("me", team, team + "-2").get(i % 3);
            (i % 3 == 2 ? second : person).sends(Map.of("name", "box " + i, "owner", owner)).post(Api.MACHINES).then()
                    .statusCode(201);
        }

        assertThat(walk(person, "all", "")).containsExactlyElementsOf(names);
        assertThat(walk(person, "all", "&q=box&status=offline")).containsExactlyElementsOf(names);
        assertThat(walk(person, team + "-2", "")).containsExactly("box 2", "box 5", "box 8");
        assertThat(walk(administrator, "all", "&q=box").stream().filter(names::contains)).containsAll(names);
    }

    /** Two at a time, as the links lead. */
    private static List<String> walk(Api.Person person, String owner, String filter) {
        List<String> names = new ArrayList<>();
        String next = Api.MACHINES + "?limit=2&owner=" + owner + filter;
        while (next != null) {
            Response page = Api.oddRequest(person.jwt()).urlEncodingEnabled(false).get(next);
            page.then().statusCode(200);
            names.addAll(page.path("name"));
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        return names;
    }

    @Test
    void an_administrator_s_pages_of_somebody_s_machines_stay_theirs() {
        List.of("a", "b", "c").forEach(operator::registers);

        assertThat(walk(administrator, operator.userId(), "")).containsExactly("a", "b", "c");
    }

    @Test
    void a_team_s_list_that_did_not_change_is_told_by_its_tag() {
        registers("build box");
        String tag = viewer.request().queryParam("owner", "all").get(Api.MACHINES).then().statusCode(200).extract()
                .header("ETag");

        viewer.request().queryParam("owner", "all").header("If-None-Match", tag).get(Api.MACHINES).then()
                .statusCode(304);
        registers("other box");
        viewer.request().queryParam("owner", "all").header("If-None-Match", tag).get(Api.MACHINES).then()
                .statusCode(200);
    }

    @Test
    void a_refusal_names_the_role_that_is_needed() {
        Api.Registered machine = registers("build box");

        viewer.sends(Map.of("name", "new")).patch(Api.MACHINE, machine.machineId()).then().statusCode(403)
                .body("detail", equalTo("Your role in " + team + " is viewer, and this needs operator."));
        operator.request().delete(Api.MACHINE, machine.machineId()).then().statusCode(403)
                .body("detail", containsString("needs admin"));
    }

    @Test
    void a_role_that_was_taken_away_is_gone_with_the_next_session() {
        Api.Registered machine = registers("build box");
        Api.Person was = Members.of(name + ":admin");
        was.sends(Map.of("name", "renamed")).patch(Api.MACHINE, machine.machineId()).then().statusCode(200);

        Api.Person viewerNow = Members.signedIn(was.userId(), name + ":viewer");
        Api.Person strangerNow = Members.signedIn(was.userId());

        viewerNow.sends(Map.of("name", "again")).patch(Api.MACHINE, machine.machineId()).then().statusCode(403);
        strangerNow.sends(Map.of("name", "again")).patch(Api.MACHINE, machine.machineId()).then().statusCode(404);
        strangerNow.request().queryParam("owner", team).get(Api.MACHINES).then().statusCode(404);
    }

    @Test
    void who_is_called_as_a_team_is_nobody() {
        registers("build box");

        for (String userId : List.of(team, "team:", "team:elsewhere")) {
            Members.signedIn(userId).request().get(Api.MACHINES).then().statusCode(401);
            Members.signedIn(userId).request().get(Api.CURRENT_SESSION).then().statusCode(401);
        }
        Members.signedIn("teams:" + name).request().get(Api.MACHINES).then().statusCode(200).body("", empty());
    }

    @Test
    void a_machine_that_is_handed_over_goes_on_as_it_was() {
        Api.Registered machine = admin.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);

        admin.sends(Map.of("owner", team)).patch(Api.MACHINE, machine.machineId()).then().statusCode(200)
                .body("owner", equalTo(team))
                .body("name", equalTo("build box"))
                .body("status", equalTo("online"))
                .body("offlineReason", nullValue());

        assertThat(machine.beats()).isEqualTo(200);
        assertThat(viewer.statusOf(machine)).isEqualTo("online");
        admin.list().then().body("", empty());
        assertThat(totalOf(viewer, team)).isEqualTo(1);
        admin.sends(Map.of("owner", "me", "name", "mine again")).patch(Api.MACHINE, machine.machineId()).then()
                .statusCode(200)
                .body("owner", equalTo(admin.userId()))
                .body("name", equalTo("mine again"));
        viewer.details(machine).then().statusCode(404);
    }

    @Test
    void handing_over_needs_an_admin_of_the_old_owner_and_an_operator_of_the_new_one() {
        Api.Person both = Members.of(name + ":admin", name + "-2:viewer", name + "-3:operator");
        Api.Registered machine = both.registers("build box");

        handOver(both, machine, team + "-2").then().statusCode(403)
                .body("detail", equalTo("Your role in " + team + "-2 is viewer, and this needs operator."));
        handOver(both, machine, "team:unknown").then().statusCode(404)
                .body("detail", equalTo("You see no machines of this owner."));
        handOver(both, machine, operator.userId()).then().statusCode(404);
        handOver(both, machine, team + "-3").then().statusCode(200);
        handOver(both, machine, "me").then().statusCode(403)
                .body("detail", equalTo("Your role in " + team + "-3 is operator, and this needs admin."));
        // Where it is already, it is not handed over.
        handOver(both, machine, team + "-3").then().statusCode(200);
        handOver(administrator, machine, operator.userId()).then().statusCode(200);
        operator.list().then().body("machineId", contains(machine.machineId()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "team:", "team: ", " "})
    void a_machine_is_given_to_an_owner_only(String owner) {
        Api.Registered machine = administrator.registers("build box");

        handOver(administrator, machine, owner).then().statusCode(400).body("violations.field", contains("owner"));
        administrator.sends(Map.of("name", "other box", "owner", owner)).post(Api.MACHINES).then().statusCode(400)
                .body("violations.field", contains("owner"));
    }

    @Test
    void an_owner_that_is_too_long_is_refused() {
        administrator.sends("{\"name\":\"a\",\"owner\":\"" + "x".repeat(256) + "\"}").post(Api.MACHINES).then()
                .statusCode(400).body("violations.field", contains("owner"));
    }

    @Test
    void a_stream_shows_the_machines_of_the_owners_that_it_was_opened_for() throws Exception {
        Api.Registered machine = admin.registers("build box");
        Events.awaitAllHeard(admin);
        try (Events mine = Events.of(admin, "");
                Events ours = Events.of(viewer, "?owner=" + team);
                Events all = Events.of(admin, "?owner=all");
                Events every = Events.of(administrator, "?owner=all")) {
            String id = machine.machineId();
            admin.sends(Map.of("owner", team)).patch(Api.MACHINE, id).then().statusCode(200);

            await().untilAsserted(() -> {
                assertThat(mine.of(id)).containsExactly("snapshot", "removed");
                assertThat(ours.of(id)).containsExactly("machine");
                assertThat(all.of(id)).containsExactly("snapshot", "removed", "machine");
                assertThat(every.of(id)).containsExactly("snapshot", "removed", "machine");
            });
        }
    }

    @Test
    void the_document_s_default_is_my_own_machines() {
        registers("build box");

        operator.list().then().statusCode(200).body("name", not(hasItem("build box")));
    }

    private Api.Registered registers(String machine) {
        return Api.Registered.of(operator.sends(Map.of("name", machine, "owner", team)).post(Api.MACHINES));
    }

    private static Response handOver(Api.Person person, Api.Registered machine, String owner) {
        return person.sends(Map.of("owner", owner)).patch(Api.MACHINE, machine.machineId());
    }

    private static int totalOf(Api.Person person, String owner) {
        return person.request().queryParam("owner", owner).get(Api.SUMMARY).then().statusCode(200).extract()
                .path("total");
    }
}
