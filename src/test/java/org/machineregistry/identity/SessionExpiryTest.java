package org.machineregistry.identity;

import static io.restassured.RestAssured.given;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** JWTs that the service's own key signed, and which are not good all the same. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SessionExpiryTest {
    private static final String ISSUER = "machine-registry";

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
