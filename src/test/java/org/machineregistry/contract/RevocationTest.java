package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

/** Sessions that end before their time. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RevocationTest {
    @Test
    void a_session_says_what_it_is_for_and_has_an_id() {
        JsonObject claims = claims(Api.Person.anyone());

        assertThat(claims.getString("aud")).isEqualTo("urn:machine-registry:session");
        assertThat(claims.getString("jti")).matches("[A-Za-z0-9_-]{21}");
    }

    @Test
    void a_session_that_was_signed_out_is_refused_at_once_wherever_it_is_presented() {
        Api.Person person = Api.Person.anyone();
        person.registers("build box");

        Response ended = Api.requestWithCookie(person.jwt()).delete(Api.CURRENT_SESSION);

        ended.then().statusCode(204);
        assertThat(ended.detailedCookie(Api.cookieName()).getMaxAge()).isZero();
        assertSignedOut(person);
    }

    @Test
    void a_program_signs_its_session_out_by_the_header() {
        Api.Person person = Api.Person.anyone();

        person.request().delete(Api.CURRENT_SESSION).then().statusCode(204);

        assertSignedOut(person);
    }

    @Test
    void a_cookie_that_was_signed_out_starts_a_session_of_somebody_else() {
        Api.Person person = Api.Person.anyone();
        person.request().delete(Api.CURRENT_SESSION).then().statusCode(204);

        String userId = Api.requestWithCookie(person.jwt()).post(Api.SESSIONS).then().statusCode(201).extract()
                .path("userId");

        assertThat(userId).isNotEqualTo(person.userId());
    }

    @Test
    void what_a_session_was_renewed_from_and_to_ends_with_it() {
        Api.Person first = Api.Person.anyone();
        Api.Person second = renewed(first);
        Api.Person third = renewed(second);

        second.request().delete(Api.CURRENT_SESSION).then().statusCode(204);

        assertSignedOut(first);
        assertSignedOut(second);
        assertSignedOut(third);
    }

    @Test
    void other_people_stay_signed_in() {
        Api.Person person = Api.Person.anyone();
        Api.Person other = Api.Person.anyone();

        person.request().delete(Api.CURRENT_SESSION).then().statusCode(204);
        Api.Person.anyone().request().delete(Api.SESSIONS).then().statusCode(204);

        other.request().get(Api.CURRENT_SESSION).then().statusCode(200).body("userId", equalTo(other.userId()));
    }

    @Test
    void signing_out_twice_is_as_good_as_once() {
        Api.Person person = Api.Person.anyone();
        person.request().delete(Api.CURRENT_SESSION).then().statusCode(204);

        Api.requestWithCookie(person.jwt()).delete(Api.CURRENT_SESSION).then().statusCode(204);
        person.request().delete(Api.CURRENT_SESSION).then().statusCode(401);
        assertSignedOut(person);
    }

    @Test
    void signing_out_everywhere_ends_all_sessions_of_a_person() {
        Api.Person person = Api.Person.anyone();
        Api.Person elsewhere = renewed(person);

        Response ended = elsewhere.request().delete(Api.SESSIONS);

        ended.then().statusCode(204);
        assertThat(ended.detailedCookie(Api.cookieName()).getMaxAge()).isZero();
        assertSignedOut(person);
        assertSignedOut(elsewhere);
    }

    @Test
    void nobody_signs_out_everywhere_without_being_signed_in() {
        Api.oddRequest().delete(Api.SESSIONS).then().statusCode(401);
        Api.requestWithCookie("nonsense").delete(Api.SESSIONS).then().statusCode(401);
        Api.request("nonsense").delete(Api.SESSIONS).then().statusCode(401);
    }

    @Test
    void an_administrator_ends_all_that_somebody_has_and_stays_signed_in() {
        Api.Person person = Members.of("ops:admin");
        Api.Person elsewhere = Members.signedIn(person.userId());
        Api.Person program = new Api.Person(person.userId(),
                person.sends(Map.of("name", "a", "scope", "manage", "expiresInSeconds", 60)).post(Api.TOKENS)
                        .then().statusCode(201).extract().path("token"));
        Api.Person administrator = Members.of(Members.ADMINISTRATORS);

        Response ended = administrator.request().queryParam("userId", person.userId()).delete(Api.SESSIONS);

        ended.then().statusCode(204);
        assertThat(ended.detailedCookies().asList()).isEmpty();
        List.of(person, elsewhere, program).forEach(RevocationTest::assertSignedOut);
        administrator.request().get(Api.CURRENT_SESSION).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_names_themselves_signs_out_everywhere(boolean byId) {
        Api.Person person = Members.of("ops:viewer");

        Response ended = person.request().queryParam("userId", byId ? person.userId() : "me").delete(Api.SESSIONS);

        ended.then().statusCode(204);
        assertThat(ended.detailedCookie(Api.cookieName()).getMaxAge()).isZero();
        assertSignedOut(person);
    }

    @Test
    void nobody_but_an_administrator_ends_sessions_of_somebody_else() {
        Api.Person person = Members.of("ops:viewer");

        Members.of("ops:admin").request().queryParam("userId", person.userId()).delete(Api.SESSIONS)
                .then().statusCode(403);

        person.request().get(Api.CURRENT_SESSION).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "all", "team:ops", "a\0b"})
    void who_is_no_person_is_refused(String userId) {
        Members.of(Members.ADMINISTRATORS).oddRequest().queryParam("userId", userId).delete(Api.SESSIONS)
                .then().statusCode(400).body("violations[0].field", equalTo("userId"));
    }

    @Test
    void an_id_that_is_longer_than_any_is_refused() {
        Members.of(Members.ADMINISTRATORS).oddRequest().queryParam("userId", "a".repeat(256)).delete(Api.SESSIONS)
                .then().statusCode(400);
    }

    private static Api.Person renewed(Api.Person person) {
        Response renewed = person.request().post(Api.SESSIONS);
        renewed.then().statusCode(201).body("userId", equalTo(person.userId()));
        return new Api.Person(renewed.path("userId"), renewed.path("token"));
    }

    private static void assertSignedOut(Api.Person person) {
        person.request().get(Api.CURRENT_SESSION).then().statusCode(401);
        person.request().get(Api.MACHINES).then().statusCode(401);
        person.request().get("/api/machines/events").then().statusCode(401);
        person.request().post(Api.SESSIONS).then().statusCode(401);
        Api.requestWithCookie(person.jwt()).get(Api.MACHINES).then().statusCode(401);
        Api.requestWithCookie(person.jwt()).get(Api.CURRENT_SESSION).then().statusCode(401);
    }

    private static JsonObject claims(Api.Person person) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(person.jwt().split("\\.")[1])));
    }
}
