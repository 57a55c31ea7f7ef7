package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;

/** The way back for people without an account. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RecoveryTest {
    private static final long YEAR_SECONDS = 365 * 24 * 60 * 60;

    @Test
    void whoever_opens_the_link_is_that_person_again_after_signing_out() {
        Api.Person person = Api.Person.anyone();
        Api.Registered machine = person.registers("build box");
        String link = linkOf(person);
        person.request().delete(Api.CURRENT_SESSION).then().statusCode(204);

        Response opened = opens(link, Api.request());

        opened.then().statusCode(201).header("Cache-Control", "no-store")
                .body("userId", equalTo(person.userId()))
                .body("anonymous", equalTo(true));
        assertThat(opened.getCookie(Api.cookieName())).isEqualTo(opened.path("token"));
        person(opened).details(machine).then().statusCode(200).body("name", equalTo("build box"));
    }

    @Test
    void a_link_can_be_opened_again_and_each_session_is_one_of_its_own() {
        Api.Person person = Api.Person.anyone();
        String link = linkOf(person);

        Api.Person here = person(opens(link, Api.request()));
        Api.Person there = person(opens(link, Api.request()));
        here.request().delete(Api.CURRENT_SESSION).then().statusCode(204);

        here.request().get(Api.CURRENT_SESSION).then().statusCode(401);
        there.request().get(Api.CURRENT_SESSION).then().statusCode(200).body("userId", equalTo(person.userId()));
        person.request().get(Api.CURRENT_SESSION).then().statusCode(200);
    }

    @Test
    void the_link_counts_more_than_the_session_of_whoever_opens_it() {
        Api.Person person = Api.Person.anyone();
        Api.Person other = Api.Person.anyone();
        String link = linkOf(person);

        opens(link, Api.requestWithCookie(other.jwt())).then().statusCode(201).body("userId",
                equalTo(person.userId()));
        opens(link, Api.requestWithCookie("nonsense")).then().statusCode(201).body("userId",
                equalTo(person.userId()));
    }

    @Test
    void the_link_leads_to_the_page_with_its_secret_where_no_log_sees_it() {
        Response made = Api.Person.anyone().request().post(Api.RECOVERY);

        made.then().statusCode(201).header("Cache-Control", "no-store");
        assertThat(made.<String>path("url"))
                .startsWith("http://localhost:" + RestAssured.port + "/app#recover=")
                .matches("[^#]+#recover=[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    }

    @Test
    void a_link_is_good_for_a_year_and_for_nothing_else() {
        Api.Person person = Api.Person.anyone();
        String link = linkOf(person);
        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(link.split("\\.")[1])));

        assertThat(claims.getString("aud")).isEqualTo("urn:machine-registry:recovery");
        assertThat(claims.getString("jti")).isNotBlank();
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(YEAR_SECONDS);
        Api.request(link).get(Api.CURRENT_SESSION).then().statusCode(401);
        Api.request(link).get(Api.MACHINES).then().statusCode(401);
        Api.request(link).post(Api.SESSIONS).then().statusCode(401);
        Api.request(link).post(Api.RECOVERY).then().statusCode(401);
        Api.requestWithCookie(link).get(Api.MACHINES).then().statusCode(401);
        Api.request(link).post(Api.HEARTBEAT).then().statusCode(401);
    }

    @Test
    void a_session_is_no_link() {
        Api.Person person = Api.Person.anyone();

        opens(person.jwt(), Api.request()).then().statusCode(401)
                .body("detail", containsString("no recovery link of this service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
    void what_is_no_link_is_refused_and_says_so(String link) {
        Response refused = opens(link, Api.oddRequest());

        refused.then().statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("title", equalTo("Unauthorized"))
                .body("detail", containsString("no recovery link of this service"));
        assertThat(refused.getCookies()).isEmpty();
    }

    @Test
    void a_link_that_is_no_text_is_not_valid() {
        Api.oddRequest().contentType(ContentType.JSON).body("{\"recovery\":5}").post(Api.SESSIONS).then()
                .statusCode(400);
    }

    @Test
    void signing_out_everywhere_revokes_the_links_and_what_was_started_with_them() {
        Api.Person person = Api.Person.anyone();
        String link = linkOf(person);
        Api.Person recovered = person(opens(link, Api.request()));
        String anotherLink = linkOf(recovered);

        person.request().delete(Api.SESSIONS).then().statusCode(204);

        for (String revoked : new String[]{link, anotherLink}) {
            opens(revoked, Api.request()).then().statusCode(401)
                    .body("detail", containsString("This recovery link was revoked"));
        }
        recovered.request().get(Api.CURRENT_SESSION).then().statusCode(401);
    }

    @Test
    void a_link_is_only_for_who_is_signed_in() {
        Api.oddRequest().post(Api.RECOVERY).then().statusCode(401);
        Api.requestWithCookie("nonsense").post(Api.RECOVERY).then().statusCode(401);
        Api.oddRequest().header("Cookie", "session=" + Api.Person.anyone().jwt()).post(Api.RECOVERY).then()
                .statusCode(401);
    }

    @Test
    void another_site_makes_and_opens_no_links() {
        Api.Person person = Api.Person.anyone();
        String link = linkOf(person);

        Api.requestWithCookie(person.jwt()).header("Origin", "https://evil.example").post(Api.RECOVERY).then()
                .statusCode(403);
        Api.requestWithCookie(person.jwt()).header("Origin", "https://evil.example").delete(Api.SESSIONS).then()
                .statusCode(403);
        opens(link, Api.request().header("Origin", "https://evil.example")).then().statusCode(403);
    }

    @Test
    void a_link_is_made_for_no_odd_host() {
        assertThat(RawHttp.send("POST /api/sessions/recovery", "Authorization: Bearer " + Api.Person.anyone().jwt()
                + "\r\nX-Forwarded-Host: elsewhere.example\r\nX-Forwarded-Proto: https\r\n").status()).isEqualTo(400);
    }

    private static String linkOf(Api.Person person) {
        String url = person.request().post(Api.RECOVERY).then().statusCode(201).extract().path("url");
        return url.substring(url.indexOf("#recover=") + "#recover=".length());
    }

    private static Response opens(String link, RequestSpecification request) {
        return request.contentType(ContentType.JSON).body(Map.of("recovery", link)).post(Api.SESSIONS);
    }

    private static Api.Person person(Response session) {
        session.then().statusCode(201);
        return new Api.Person(session.path("userId"), session.path("token"));
    }
}
