package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class SortTest {
    private static final Pattern NEXT = Pattern.compile("<(?:[^?]*)\\?(.*)>; rel=\"next\"");

    @ParameterizedTest
    @CsvSource({"name, a b c d", "-name, d c b a", "statusSince, d b c a", "-statusSince, a c b d", "lastSeen, d b c a",
            "-lastSeen, a c b d"})
    void machines_come_in_the_order_that_is_asked_for_whole_and_in_pages(String sort, String names) {
        Api.Person owner = Api.Person.anyone();
        List<Api.Registered> machines = new ArrayList<>();
        List.of("d", "b", "c", "a").forEach(name -> machines.add(owner.registers(name)));
        machines.forEach(machine -> machine.request().post(Api.CONNECT).then().statusCode(200));
        List<String> expected = List.of(names.split(" "));

        assertThat(owner.request().queryParam("sort", sort).get(Api.MACHINES).jsonPath().getList("name", String.class))
                .isEqualTo(expected);
        assertThat(pages(owner, "limit=1&sort=" + sort)).isEqualTo(expected);
    }

    private static List<String> pages(Api.Person owner, String query) {
        List<String> names = new ArrayList<>();
        for (String next = query; next != null;) {
            Response page = owner.request().get(Api.MACHINES + "?" + next);
            page.then().statusCode(200);
            names.addAll(page.jsonPath().getList("name", String.class));
            Matcher link = NEXT.matcher(String.valueOf(page.header("Link")));
            next = link.matches() ? link.group(1) : null;
        }
        return names;
    }

    @Test
    void a_cursor_of_another_order_is_refused() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("a");
        owner.registers("b");
        Matcher link = NEXT.matcher(owner.request().get(Api.MACHINES + "?limit=1&sort=-statusSince").header("Link"));
        assertThat(link.matches()).isTrue();
        String after = link.group(1).replaceAll(".*after=", "");

        owner.request().get(Api.MACHINES + "?sort=-statusSince&after=" + after).then().statusCode(200);
        for (String other : List.of("", "sort=name&", "sort=statusSince&", "sort=-lastSeen&")) {
            owner.request().get(Api.MACHINES + "?" + other + "after=" + after).then().statusCode(400)
                    .body("violations.field", contains("after"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=", "sort=status", "sort=-", "sort=name&sort=name", "flapping=", "flapping=false"})
    void what_is_no_order_and_no_question_is_refused(String query) {
        Api.Person.anyone().oddRequest().get(Api.MACHINES + "?" + query).then().statusCode(400);
    }

    @Test
    void a_machine_that_changed_five_times_within_an_hour_flaps() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("steady");
        Api.Registered machine = owner.registers("flaps");
        for (int i = 0; i < 2; i++) {
            machine.request().post(Api.CONNECT).then().statusCode(200);
            machine.request().post(Api.DISCONNECT).then().statusCode(204);
        }
        owner.request().get(Api.MACHINES + "?flapping=true").then().statusCode(200).body("name", empty());

        machine.request().post(Api.CONNECT).then().statusCode(200);

        owner.request().get(Api.MACHINES + "?flapping=true").then().statusCode(200).body("name", contains("flaps"));
        owner.request().get(Api.MACHINES + "?flapping=true&status=offline").then().statusCode(200).body("name",
                empty());
    }
}
