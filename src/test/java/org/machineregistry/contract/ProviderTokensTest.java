package org.machineregistry.contract;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
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
import io.restassured.response.Response;

/** Access tokens of an OpenID provider that answered the first question with a page: it is asked again in the background. */
@QuarkusTest
@WithTestResource(StandInProvider.class)
class ProviderTokensTest {
    private static final Consumer<JwtClaims> AS_IT_IS = claims -> {
    };

    @BeforeEach
    void await_the_keys() {
        Awaitility.await().atMost(Duration.ofMinutes(2))
                .until(() -> current(token(AS_IT_IS)).statusCode(), status -> status != 503);
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
        signed.setKey(new HmacKey(key("rsa").getPublicKey().getEncoded()));

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
        current(token(claims -> claims.setIssuer("http://127.0.0.1:9"))).then().statusCode(401);
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

    private static String token(String algorithm, String keyId, Consumer<JwtClaims> change) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setPayload(claims(change).toJson());
            signed.setAlgorithmHeaderValue(algorithm);
            signed.setKeyIdHeaderValue(keyId);
            signed.setKey(key(keyId).getPrivateKey());
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

    private static PublicJsonWebKey key(String id) throws JoseException {
        return (PublicJsonWebKey) new JsonWebKeySet(setting(StandInProvider.KEYS)).findJsonWebKey(id, null, null, null);
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
