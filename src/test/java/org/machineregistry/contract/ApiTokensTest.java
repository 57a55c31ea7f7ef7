package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

/** Tokens with which a person's programs call the API. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ApiTokensTest {
    // Long enough for a busy machine to open a stream before it is over.
    private static final int SHORT_SECONDS = 4;

    /** A token that was made, as the program that has it. */
    private record Token(String id, Api.Person program) {
        static Token of(Api.Person person, String scope) {
            return of(person, scope, 3600);
        }

        static Token of(Api.Person person, String scope, int seconds) {
            Response made = person.sends(Map.of("name", "script", "scope", scope, "expiresInSeconds", seconds))
                    .post(Api.TOKENS);
            made.then().statusCode(201).header("Cache-Control", "no-store");
            return new Token(made.path("tokenId"), new Api.Person(person.userId(), made.path("token")));
        }

        long expiresAtMillis() {
            return claims(program.jwt()).getLong("exp") * 1000;
        }

        Response revokedBy(Api.Person person) {
            return person.request().delete(Api.API_TOKEN, id);
        }

        int reads() {
            return program.list().statusCode();
        }
    }

    @Test
    void a_token_says_what_it_is_for_and_when_it_ends() {
        Api.Person person = Members.of("ops:viewer");
        long before = System.currentTimeMillis();

        Response made = person.sends(Map.of("name", "script", "scope", "manage", "expiresInSeconds", 60))
                .post(Api.TOKENS);

        made.then().statusCode(201).body("tokenId", matchesPattern("[0-9a-z]{6}-[A-Za-z0-9_-]{21}"));
        assertThat(made.<Long>path("expiresAt")).isBetween(before + 59_000, System.currentTimeMillis() + 60_000);
        JsonObject claims = claims(made.path("token"));
        assertThat(claims.getString("aud")).isEqualTo("urn:machine-registry:api-token");
        assertThat(claims.getString("jti")).isEqualTo(made.path("tokenId"));
        assertThat(claims.getString("token_name")).isEqualTo("script");
        assertThat(claims.getJsonArray("teams")).containsExactly("ops:viewer");
        assertThat(claims.getLong("exp") * 1000).isEqualTo(made.<Long>path("expiresAt"));
    }

    @Test
    void a_program_does_what_its_person_may() {
        Api.Person person = Members.of("ops");
        Token token = Token.of(person, "manage");

        Api.Registered machine = token.program().registers("build box");

        person.list().then().body("machineId", contains(machine.machineId()));
        token.program().request().get(Api.CURRENT_SESSION).then().statusCode(200)
                .body("userId", equalTo(person.userId()))
                .body("teams.name", contains("ops"));
    }

    @Test
    void a_token_that_reads_changes_nothing() {
        Api.Person person = Api.Person.anyone();
        Api.Registered machine = person.registers("build box");
        Token token = Token.of(person, "read");

        token.program().sends(Map.of("name", "new")).patch(Api.MACHINE, machine.machineId()).then().statusCode(403)
                .body("detail", equalTo("This API token may only read: its scope is read, and this needs manage."));

        token.program().details(machine).then().statusCode(200).body("name", equalTo("build box"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "manage"})
    void a_token_makes_neither_tokens_nor_sessions(String scope) {
        Token token = Token.of(Api.Person.anyone(), scope);

        token.program().sends(Map.of("name", "a", "scope", "read", "expiresInSeconds", 60)).post(Api.TOKENS).then()
                .statusCode(403).body("detail", equalTo("An API token may not do this. Sign in instead."));
        token.program().request().post(Api.SESSIONS).then().statusCode(403);
        token.program().request().post(Api.RECOVERY).then().statusCode(403);
        assertThat(token.reads()).isEqualTo(200);
    }

    @Test
    void a_token_is_none_for_a_cookie() {
        Token token = Token.of(Api.Person.anyone(), "manage");

        Api.requestWithCookie(token.program().jwt()).get(Api.MACHINES).then().statusCode(401);
        String userId = Api.requestWithCookie(token.program().jwt()).post(Api.SESSIONS).then().statusCode(201)
                .extract().path("userId");

        assertThat(userId).isNotEqualTo(token.program().userId());
    }

    @Test
    void a_revoked_token_is_refused_at_once_and_its_stream_ends() throws Exception {
        Api.Person person = Api.Person.anyone();
        Token token = Token.of(person, "read");
        Token other = Token.of(person, "read");
        assertThat(token.reads()).isEqualTo(200);
        try (Events stream = Events.of(token.program(), ""); Events theirs = Events.of(person, "")) {
            token.revokedBy(person).then().statusCode(204);

            assertThat(token.reads()).isEqualTo(401);
            await().until(stream::isEnded);
            assertThat(theirs.isEnded()).isFalse();
        }
        assertThat(other.reads()).isEqualTo(200);
        person.request().get(Api.CURRENT_SESSION).then().statusCode(200);
        token.revokedBy(person).then().statusCode(204);
    }

    @Test
    void a_stream_ends_by_itself_when_its_token_expires() throws Exception {
        Api.Person person = Api.Person.anyone();
        Token token = Token.of(person, "read", SHORT_SECONDS);
        try (Events stream = Events.of(token.program(), ""); Events theirs = Events.of(person, "")) {
            await().atMost(SHORT_SECONDS + 2, SECONDS).until(stream::isEnded);

            assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(token.expiresAtMillis());
            assertThat(theirs.isEnded()).isFalse();
        }
        assertThat(token.reads()).isEqualTo(401);
    }

    @Test
    void nobody_revokes_the_token_of_another_by_its_id() {
        Token token = Token.of(Api.Person.anyone(), "read");

        token.revokedBy(Api.Person.anyone()).then().statusCode(204);

        assertThat(token.reads()).isEqualTo(200);
    }

    @Test
    void signing_out_leaves_tokens_and_signing_out_everywhere_revokes_them() {
        Api.Person person = Api.Person.anyone();
        Token token = Token.of(person, "read");
        Response renewed = person.request().post(Api.SESSIONS);
        person.request().delete(Api.CURRENT_SESSION).then().statusCode(204);
        assertThat(token.reads()).isEqualTo(200);
        renewed.then().statusCode(201);

        Api.Person again = Members.signedIn(person.userId());
        again.request().delete(Api.SESSIONS).then().statusCode(204);

        assertThat(token.reads()).isEqualTo(401);
    }

    @Test
    void a_name_has_at_most_100_characters_whatever_their_size() {
        Api.Person person = Api.Person.anyone();
        Map<String, Object> token = Map.of("scope", "read", "expiresInSeconds", 60);

        person.sends(with(token, "\uD83D\uDDA5".repeat(100))).post(Api.TOKENS).then().statusCode(201);
        Api.oddRequest(person.jwt()).contentType("application/json").body(with(token, "a".repeat(101)))
                .post(Api.TOKENS).then().statusCode(400).body("violations.field", contains("name"));
    }

    private static Map<String, Object> with(Map<String, Object> token, String name) {
        Map<String, Object> named = new HashMap<>(token);
        named.put("name", name);
        return named;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "name | {'scope':'read','expiresInSeconds':60}",
            "name | {'name':' ','scope':'read','expiresInSeconds':60}",
            "scope | {'name':'a','expiresInSeconds':60}",
            "scope | {'name':'a','scope':'Read','expiresInSeconds':60}",
            "expiresInSeconds | {'name':'a','scope':'read'}",
            "expiresInSeconds | {'name':'a','scope':'read','expiresInSeconds':0}",
            "expiresInSeconds | {'name':'a','scope':'read','expiresInSeconds':31536001}"})
    void what_is_wrong_with_a_new_token_is_named(String field, String body) {
        Api.Person.anyone().sends(body.replace('\'', '"')).post(Api.TOKENS).then().statusCode(400)
                .body("violations.field", contains(field));
    }

    // Jackson fails at such numbers without saying at which field.
    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "1.5"})
    void a_time_that_is_no_whole_number_in_range_is_refused(String seconds) {
        Api.Person.anyone().sends("{\"name\":\"a\",\"scope\":\"read\",\"expiresInSeconds\":" + seconds + "}")
                .post(Api.TOKENS).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "zzzzzzzz-aaaaaaaaaaaaaaaaaaaaa", "0-short", "-aaaaaaaaaaaaaaaaaaaaa",
            "Z-aaaaaaaaaaaaaaaaaaaaa"})
    void what_can_be_no_id_of_a_token_is_not_there(String id) {
        Api.oddRequest(Api.Person.anyone().jwt()).delete(Api.API_TOKEN, id).then().statusCode(404);
    }

    private static JsonObject claims(String jwt) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1])));
    }
}
