package org.machineregistry.identity.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.identity.User;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** JWTs that the service's own key signed, and which are not good all the same. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SessionExpiryTest {
    private static final String ISSUER = "machine-registry";
    private static final String PURPOSE = "urn:machine-registry:";

    @Test
    void a_jwt_is_good_until_it_expires() {
        assertStatus(200, claims(ISSUER, "somebody", 60));
        assertStatus(401, claims(ISSUER, "somebody", -1));
    }

    @Test
    void a_jwt_of_another_issuer_is_refused() {
        assertStatus(401, claims("https://elsewhere.example", "somebody", 60));
    }

    @Test
    void a_jwt_without_a_usable_subject_is_refused() {
        assertStatus(401, Jwt.issuer(ISSUER).groups(User.ROLE).expiresAt(Instant.now().plusSeconds(60)));
        assertStatus(401, claims(ISSUER, " ", 60));
        assertStatus(401, claims(ISSUER, "x".repeat(256), 60));
        assertStatus(401, claims(ISSUER, "a\0b", 60));
        assertStatus(200, claims(ISSUER, "x".repeat(255), 60));
    }

    @Test
    void a_jwt_for_another_purpose_is_no_session() {
        assertStatus(200, claims(ISSUER, "somebody", 60).audience(PURPOSE + "session"));
        assertStatus(401, claims(ISSUER, "somebody", 60).audience(PURPOSE + "recovery"));
        assertStatus(401, claims(ISSUER, "somebody", 60).audience(PURPOSE + "of-a-newer-version"));
        assertStatus(401, claims(ISSUER, "somebody", 60)
                .audience(Set.of(PURPOSE + "session", PURPOSE + "recovery")));
    }

    @Test
    void a_session_of_the_version_before_can_be_signed_out_as_well() {
        String jwt = claims(ISSUER, "of the version before", 60).claim("jti", " ").sign();
        given().auth().oauth2(jwt).get("/api/sessions/current").then().statusCode(200);
        String renewed = given().auth().oauth2(jwt).post("/api/sessions").then().statusCode(201).extract()
                .path("token");

        given().auth().oauth2(renewed).delete("/api/sessions/current").then().statusCode(204);

        given().auth().oauth2(jwt).get("/api/sessions/current").then().statusCode(401);
        given().auth().oauth2(renewed).get("/api/sessions/current").then().statusCode(401);
    }

    @Test
    void signing_out_everywhere_ends_all_that_was_started_before_and_nothing_later() {
        String one = claims(ISSUER, "on many devices", 60).claim("jti", "one").sign();
        String other = claims(ISSUER, "on many devices", 60).claim("jti", "other").sign();
        String renewed = claims(ISSUER, "on many devices", 60).claim("jti", "another")
                .issuedAt(Instant.now().plusSeconds(30))
                .claim("session_started", Instant.now().minusSeconds(30).getEpochSecond())
                .sign();
        String later = claims(ISSUER, "on many devices", 60).claim("jti", "later")
                .issuedAt(Instant.now().plusSeconds(30)).sign();
        given().auth().oauth2(other).get("/api/sessions/current").then().statusCode(200);

        given().auth().oauth2(one).delete("/api/sessions").then().statusCode(204);

        for (String jwt : List.of(one, other, renewed)) {
            given().auth().oauth2(jwt).get("/api/sessions/current").then().statusCode(401);
        }
        given().auth().oauth2(later).get("/api/sessions/current").then().statusCode(200);
    }

    @Test
    void a_recovery_link_that_has_expired_says_so() {
        for (int secondsAgo : new int[]{1, 3_600}) {
            String link = claims(ISSUER, "somebody", -secondsAgo).issuedAt(Instant.now().minusSeconds(7_200))
                    .audience(PURPOSE + "recovery").sign();

            given().contentType(ContentType.JSON).body(Map.of("recovery", link)).post("/api/sessions").then()
                    .statusCode(401)
                    .body("detail", containsString("This recovery link has expired"));
        }
    }

    @Test
    void who_has_an_account_needs_no_recovery_link() {
        given().auth().oauth2(claims(ISSUER, "with an account", 60).sign()).post("/api/sessions/recovery").then()
                .statusCode(403)
                .body("detail", containsString("Sign in again instead"));
    }

    private static JwtClaimsBuilder claims(String issuer, String subject, int secondsLeft) {
        Instant now = Instant.now();
        return Jwt.issuer(issuer).subject(subject).groups(User.ROLE).issuedAt(now.minusSeconds(30))
                .expiresAt(now.plusSeconds(secondsLeft));
    }

    private static void assertStatus(int status, JwtClaimsBuilder claims) {
        String jwt = claims.sign();
        given().auth().oauth2(jwt).get("/api/sessions/current").then().statusCode(status);
        given().auth().oauth2(jwt).get("/api/machines").then().statusCode(status);
    }
}
