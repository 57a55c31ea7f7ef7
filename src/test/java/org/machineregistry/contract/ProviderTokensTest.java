package org.machineregistry.contract;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** Access tokens of an OpenID provider that answered the first question with a page: it is asked again in the background. */
@QuarkusTest
@WithTestResource(StandInProvider.class)
class ProviderTokensTest {
    private static final Consumer<JwtClaims> AS_IT_IS = claims -> {
    };

    private static final Consumer<JwtClaims> OF_FURTHER = claims -> {
        claims.setIssuer(setting(StandInProvider.FURTHER_URL));
        claims.setAudience(StandInProvider.FURTHER_AUDIENCE);
    };

    @BeforeEach
    void await_the_keys() {
        Awaitility.await().atMost(Duration.ofMinutes(2))
                .until(() -> current(token(AS_IT_IS)).statusCode(), status -> status != 503);
        Awaitility.await().until(() -> current(furtherToken(AS_IT_IS)).statusCode(), status -> status != 503);
    }

    @ParameterizedTest
    @CsvSource({"RS256, rsa", "PS256, rsa", "ES256, ec", "EdDSA, okp"})
    void one_that_is_signed_with_an_asymmetric_key_is_taken(String algorithm, String key) {
        current(token(algorithm, key, AS_IT_IS)).then().statusCode(200)
                .body("userId", equalTo("ada"))
                .body("anonymous", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource({"RS384, rsa", "RS512, rsa", "PS512, rsa"})
    void other_algorithms_are_refused(String algorithm, String key) {
        current(token(algorithm, key, AS_IT_IS)).then().statusCode(401);
    }

    @Test
    void a_shared_secret_is_no_key() throws JoseException {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setPayload(claims(AS_IT_IS).toJson());
        signed.setAlgorithmHeaderValue("HS256");
        signed.setKeyIdHeaderValue("rsa");
        signed.setKey(new HmacKey(key(StandInProvider.KEYS, "rsa").getPublicKey().getEncoded()));

        current(signed.getCompactSerialization()).then().statusCode(401);
    }

    @Test
    void the_audience_may_be_one_of_several() {
        current(token(claims -> claims.setAudience("elsewhere", StandInProvider.CLIENT))).then().statusCode(200);
        current(token(claims -> claims.setAudience("elsewhere", "account"))).then().statusCode(401);
        current(token(claims -> claims.unsetClaim("aud"))).then().statusCode(401);
    }

    @Test
    void another_issuer_is_unknown() {
        current(token(claims -> claims.setIssuer("https://elsewhere.example"))).then().statusCode(401)
                .body("detail", containsString("issuer"));
    }

    @Test
    void a_further_issuer_signs_with_keys_of_its_own() {
        current(furtherToken(AS_IT_IS)).then().statusCode(200).body("anonymous", equalTo(false));
        current(token(OF_FURTHER)).then().statusCode(401);
        current(token(StandInProvider.FURTHER_KEYS, "RS256", "rsa", AS_IT_IS)).then().statusCode(401);
    }

    @Test
    void a_further_issuer_has_audiences_of_its_own() {
        current(furtherToken(claims -> claims.setAudience("elsewhere"))).then().statusCode(200);
        current(furtherToken(claims -> claims.setAudience(StandInProvider.CLIENT))).then().statusCode(401);
        current(token(claims -> claims.setAudience(StandInProvider.FURTHER_AUDIENCE))).then().statusCode(401);
    }

    @Test
    void an_id_token_of_a_further_issuer_is_no_credential() {
        current(furtherToken(claims -> claims.setStringClaim("nonce", "x"))).then().statusCode(401);
    }

    @Test
    void the_same_subject_of_two_issuers_is_two_people() {
        String here = token(claims -> claims.setSubject("grace"));
        String there = furtherToken(claims -> claims.setSubject("grace"));
        String machine = Api.request(here).contentType(ContentType.JSON).body(Map.of("name", "build box"))
                .post(Api.MACHINES).then().statusCode(201)
                .extract().path("machineId");

        current(here).then().body("userId", equalTo("grace"));
        current(there).then().body("userId", equalTo("issuer:ci:grace"));
        Api.request(there).get(Api.MACHINES + "/" + machine).then().statusCode(404);
    }

    @Test
    void nobody_is_called_as_another_issuers_person_is() {
        current(token(claims -> claims.setSubject("issuer:ci:grace"))).then().statusCode(401);
        current(furtherToken(claims -> claims.setSubject("issuer:ci:grace"))).then().statusCode(401);
    }

    @Test
    void a_token_that_a_further_issuer_gave_the_id_of_another_one_is_revoked_alone() {
        String here = token(claims -> claims.setJwtId("the same"));
        String there = furtherToken(claims -> claims.setJwtId("the same"));

        Api.request(there).delete(Api.CURRENT_SESSION).then().statusCode(204);

        current(there).then().statusCode(401);
        current(here).then().statusCode(200);
    }

    @Test
    void a_token_of_an_issuer_that_was_never_reached_is_answered_503_and_others_are_served() {
        current(token(claims -> claims.setIssuer(setting(StandInProvider.AWAY_URL)))).then().statusCode(503)
                .header("Retry-After", notNullValue());
        current(token(AS_IT_IS)).then().statusCode(200);
    }

    @Test
    void it_counts_from_when_to_when_it_says_by_clocks_that_differ_by_two_minutes() {
        current(token(claims -> claims.setExpirationTimeMinutesInTheFuture(-0.1f))).then().statusCode(401);
        current(token(claims -> claims.unsetClaim("exp"))).then().statusCode(401);
        current(token(claims -> claims.setNotBefore(inSeconds(100)))).then().statusCode(200);
        current(token(claims -> claims.setNotBefore(inSeconds(300)))).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "at_hash", "c_hash"})
    void what_has_a_claim_of_id_tokens_is_none(String claim) {
        current(token(claims -> claims.setStringClaim(claim, "x"))).then().statusCode(401);
    }

    @Test
    void what_does_not_show_that_it_is_an_access_token_is_none() {
        current(token(claims -> claims.unsetClaim("scope"))).then().statusCode(401);
        current(token(claims -> claims.setStringClaim("typ", "ID"))).then().statusCode(401);
        current(token(claims -> claims.setStringClaim("typ", "Bearer"))).then().statusCode(200);
    }

    @Test
    void one_with_an_unknown_key_is_refused_and_keeps_nobody_else_out() {
        current(token(claims -> claims.setSubject("eve")).replaceFirst("^[^.]+",
                "eyJhbGciOiJSUzI1NiIsImtpZCI6InVua25vd24ifQ")).then().statusCode(401);
        current(token(AS_IT_IS)).then().statusCode(200);
    }

    @Test
    void it_makes_no_session() {
        Api.request(token(AS_IT_IS)).post(Api.SESSIONS).then().statusCode(403)
                .body("detail", containsString("Sign in for one"));
    }

    @Test
    void it_makes_nothing_that_outlives_it() {
        Api.request(token(AS_IT_IS)).contentType("application/json")
                .body("{\"name\":\"a\",\"scope\":\"manage\",\"expiresInSeconds\":60}").post(Api.TOKENS).then()
                .statusCode(403)
                .body("detail", containsString("Sign in for one"));
        Api.request(token(AS_IT_IS)).contentType("application/json")
                .body("{\"name\":\"a\",\"expiresInSeconds\":7000000}").post("/api/enrolment-keys").then()
                .statusCode(403)
                .body("detail", containsString("outlive"));
        Api.request(token(AS_IT_IS)).contentType("application/json")
                .body("{\"name\":\"a\",\"expiresInSeconds\":10}").post("/api/enrolment-keys").then().statusCode(201);
    }

    @Test
    void it_can_be_revoked() {
        String token = token(claims -> claims.setSubject("bob"));
        current(token).then().statusCode(200);

        Api.request(token).delete(Api.SESSIONS).then().statusCode(204);

        current(token).then().statusCode(401);
    }

    private static Response current(String token) {
        return Api.request(token).get(Api.CURRENT_SESSION);
    }

    private static String token(Consumer<JwtClaims> change) {
        return token("RS256", "rsa", change);
    }

    private static String furtherToken(Consumer<JwtClaims> change) {
        return token(StandInProvider.FURTHER_KEYS, "RS256", "rsa", OF_FURTHER.andThen(change));
    }

    private static String token(String algorithm, String keyId, Consumer<JwtClaims> change) {
        return token(StandInProvider.KEYS, algorithm, keyId, change);
    }

    /** @param keys the setting with those of who signs it */
    private static String token(String keys, String algorithm, String keyId, Consumer<JwtClaims> change) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setPayload(claims(change).toJson());
            signed.setAlgorithmHeaderValue(algorithm);
            signed.setKeyIdHeaderValue(keyId);
            signed.setKey(key(keys, keyId).getPrivateKey());
            return signed.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JwtClaims claims(Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(setting(StandInProvider.URL));
        claims.setAudience(StandInProvider.CLIENT);
        claims.setSubject("ada");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setGeneratedJwtId();
        claims.setStringClaim("scope", "openid");
        change.accept(claims);
        return claims;
    }

    private static NumericDate inSeconds(int seconds) {
        NumericDate date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    private static PublicJsonWebKey key(String keys, String id) throws JoseException {
        return (PublicJsonWebKey) new JsonWebKeySet(setting(keys)).findJsonWebKey(id, null, null, null);
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
