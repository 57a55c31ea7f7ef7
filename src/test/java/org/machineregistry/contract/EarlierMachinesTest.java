package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Who signs in takes the machines along that they had in that browser without an account. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EarlierMachinesTest {
    private EarlierPerson person;

    @BeforeEach
    void sign_in() {
        person = EarlierPerson.anyone();
    }

    @Test
    void all_machines_come_along_and_stay_as_they_are() throws Exception {
        Api.Registered one = person.before().registers("build box");
        Api.Registered other = person.before().registers("laptop");
        one.request().post(Api.CONNECT).then().statusCode(200);
        assertThat(person.count()).isEqualTo(2);
        try (Events events = Events.of(person.now(), "")) {
            Response moved = person.bringsAlong();

            moved.then().statusCode(200).header("Cache-Control", "no-store").body("machines", equalTo(2));
            assertThat(moved.getHeader("Set-Cookie")).startsWith(EarlierPerson.cookieName() + "=;")
                    .contains("Max-Age=0").contains("Path=" + EarlierPerson.PATH).contains("HttpOnly")
                    .contains("SameSite=Strict");
            await().untilAsserted(() -> assertThat(events.of(other.machineId())).contains("machine"));
        }
        person.now().list().then()
                .body("machineId", containsInAnyOrder(one.machineId(), other.machineId()))
                .body("owner", containsInAnyOrder(person.now().userId(), person.now().userId()));
        assertThat(person.now().statusOf(one)).isEqualTo("online");
        assertThat(one.beats()).isEqualTo(200);
    }

    @Test
    void what_the_earlier_person_had_ends_and_asking_again_moves_nothing() {
        person.before().registers("build box");
        String link = person.before().request().post(Api.RECOVERY).then().statusCode(201).extract().path("url");
        person.bringsAlong().then().statusCode(200).body("machines", equalTo(1));

        Response again = person.bringsAlong();

        again.then().statusCode(404).body("detail", containsString("not known any more"));
        assertThat(person.count()).isZero();
        person.before().request().get(Api.CURRENT_SESSION).then().statusCode(401);
        person.now().sends(Map.of("recovery", link.substring(link.indexOf("#recover=") + "#recover=".length())))
                .post(Api.SESSIONS).then().statusCode(401);
        person.now().list().then().body("name", equalTo(List.of("build box")));
    }

    @Test
    void nobody_else_can_take_them() {
        Api.Registered machine = person.before().registers("build box");
        Api.Person thief = Members.of();

        EarlierPerson.request(thief, person.jwt()).post(EarlierPerson.PATH).then().statusCode(404);
        EarlierPerson.request(thief, person.jwt()).get(EarlierPerson.PATH).then().body("machines", equalTo(0));

        person.before().details(machine).then().statusCode(200);
        thief.list().then().body("", empty());
    }

    @Test
    void what_says_it_is_good_for_nothing_else_and_nothing_else_says_it() {
        Api.request(person.jwt()).get(Api.CURRENT_SESSION).then().statusCode(401);
        Api.requestWithCookie(person.jwt()).get(Api.MACHINES).then().statusCode(401);
        for (String other : new String[]{person.before().jwt(), person.now().jwt(), "nonsense", "",
                EarlierPerson.signed(person.before(), person.now(), -1)}) {
            EarlierPerson.request(person.now(), other).post(EarlierPerson.PATH).then().statusCode(404);
        }
    }

    @Test
    void who_signed_out_everywhere_before_is_not_brought_along() {
        Api.Registered machine = person.before().registers("build box");
        person.before().request().delete(Api.SESSIONS).then().statusCode(204);

        assertThat(person.count()).isZero();
        person.bringsAlong().then().statusCode(404);
        person.now().details(machine).then().statusCode(404);
    }

    @Test
    void who_leaves_them_behind_is_not_asked_again() {
        Api.Registered machine = person.before().registers("build box");

        Response left = person.request().delete(EarlierPerson.PATH);

        left.then().statusCode(204);
        assertThat(left.getHeader("Set-Cookie")).startsWith(EarlierPerson.cookieName() + "=;").contains("Max-Age=0");
        person.before().details(machine).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE"})
    void another_site_brings_nothing_along(String method) {
        Api.oddRequest().header("Origin", "https://evil.example")
                .header("Cookie", Api.cookieName() + "=" + person.now().jwt() + "; " + EarlierPerson.cookieName() + "="
                        + person.jwt())
                .request(method, EarlierPerson.PATH).then().statusCode(403);
    }

    @Test
    void the_page_is_told_that_nobody_can_sign_in_here() {
        Api.elsewhere().get("/q/info").then().statusCode(200).body("signIn.configured", equalTo(false));
    }
}
