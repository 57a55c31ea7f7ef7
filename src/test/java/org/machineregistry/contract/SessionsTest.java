package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.smallrye.jwt.build.Jwt;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class SessionsTest {
    private static final int DAYS_30 = 30 * 24 * 60 * 60;

    @Test
    void anyone_may_start_a_session() {
        long before = System.currentTimeMillis();

        Response session = Api.request().post(Api.SESSIONS);

        session.then().statusCode(201).header("Cache-Control", "no-store");
        long lifetime = session.<Long>path("expiresAt") - before;
        assertThat(lifetime).isBetween((DAYS_30 - 5) * 1000L, (DAYS_30 + 60) * 1000L);
    }

    @Test
    void every_new_session_has_a_user_of_its_own() {
        String first = Api.Person.anyone().userId();
        String second = Api.Person.anyone().userId();

        assertThat(first).isNotEqualTo(second).matches("[A-Za-z0-9_-]{21}");
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        Response session = Api.request().post(Api.SESSIONS);

        Cookie cookie = session.detailedCookie(Api.cookieName());
        assertThat(cookie.getValue()).isEqualTo(session.path("token"));
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getMaxAge()).isBetween((long) DAYS_30 - 60, (long) DAYS_30);
        assertThat(cookie.hasDomain()).isFalse();
        assertThat(cookie.isSecured()).isFalse();
    }

    @Test
    void a_forwarded_scheme_is_not_believed_without_a_trusted_proxy() {
        Response session = Api.request().header("X-Forwarded-Proto", "https").post(Api.SESSIONS);

        assertThat(session.detailedCookie(Api.cookieName()).isSecured()).isFalse();
    }

    @Test
    void a_session_is_renewed_by_its_cookie() {
        Api.Person person = Api.Person.anyone();

        Response renewed = Api.requestWithCookie(person.jwt()).post(Api.SESSIONS);

        renewed.then().statusCode(201).body("userId", equalTo(person.userId()));
        assertThat(renewed.getCookie(Api.cookieName())).isEqualTo(renewed.path("token"));
    }

    @Test
    void a_session_is_renewed_by_the_header() {
        Api.Person person = Api.Person.anyone();

        Response renewed = person.request().post(Api.SESSIONS);

        renewed.then().statusCode(201).body("userId", equalTo(person.userId()));
        new Api.Person(renewed.path("userId"), renewed.path("token")).request()
                .get(Api.CURRENT_SESSION)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", "V1StGXR8_Z5jdHi6B-myT:mrs_0123456789ABCDEFGHIJKLMNOPQRSTUV3yv9b4"})
    void a_cookie_that_is_no_longer_good_counts_as_none_when_a_session_starts(String cookie) {
        Api.requestWithCookie(cookie).post(Api.SESSIONS).then().statusCode(201);
    }

    @Test
    void a_bad_header_is_refused_also_when_a_session_starts() {
        Api.request("nonsense").post(Api.SESSIONS).then().statusCode(401);
    }

    @Test
    void a_session_may_start_with_a_body_of_json() {
        Api.oddRequest().contentType(ContentType.JSON).body("{\"any\":1}").post(Api.SESSIONS).then().statusCode(201);
    }

    @Test
    void the_current_session_is_that_of_the_cookie() {
        Response session = Api.request().post(Api.SESSIONS);

        Api.requestWithCookie(session.getCookie(Api.cookieName()))
                .get(Api.CURRENT_SESSION)
                .then()
                .statusCode(200)
                .body("userId", equalTo(session.path("userId")))
                .body("expiresAt", equalTo(session.path("expiresAt")))
                .body("token", equalTo(null));
    }

    @Test
    void there_is_no_current_session_without_credentials() {
        Api.oddRequest()
                .get(Api.CURRENT_SESSION)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("title", equalTo("Unauthorized"));
    }

    @Test
    void a_bad_cookie_is_no_current_session() {
        Api.requestWithCookie("nonsense").get(Api.CURRENT_SESSION).then().statusCode(401);
    }

    @Test
    void the_header_counts_more_than_the_cookie() {
        Api.Person header = Api.Person.anyone();
        Api.Person cookie = Api.Person.anyone();

        header.request()
                .cookie(Api.cookieName(), cookie.jwt())
                .get(Api.CURRENT_SESSION)
                .then()
                .statusCode(200)
                .body("userId", equalTo(header.userId()));
        Api.request("nonsense")
                .cookie(Api.cookieName(), cookie.jwt())
                .get(Api.CURRENT_SESSION)
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c"})
    void ending_a_session_clears_the_cookie_whatever_it_was(String cookie) {
        Response ended = Api.requestWithCookie(cookie).delete(Api.CURRENT_SESSION);

        ended.then().statusCode(204);
        assertThat(ended.detailedCookie(Api.cookieName()).getValue()).isEmpty();
        assertThat(ended.detailedCookie(Api.cookieName()).getMaxAge()).isZero();
        assertThat(ended.detailedCookie(Api.cookieName()).getPath()).isEqualTo("/");
        assertThat(ended.detailedCookie(Api.cookieName()).isHttpOnly()).isTrue();
    }

    @Test
    void of_several_cookies_of_its_name_the_one_that_is_a_session_counts() {
        Api.Person person = Api.Person.anyone();
        String own = Api.cookieName() + "=" + person.jwt();
        String planted = Api.cookieName() + "=planted";
        String forged = Api.cookieName() + "=" + person.jwt().replaceFirst("\\.[^.]+$", ".Zm9yZ2Vk");

        for (String cookies : List.of(planted + "; " + own, own + "; " + planted, forged + ";" + own,
                own + "; theme=dark; " + Api.cookieName() + "=", own + "; " + own, planted + "\r\nCookie: " + own,
                (planted + "; ").repeat(50) + own)) {
            String headers = "Cookie: " + cookies + "\r\n";
            assertThat(RawHttp.send("GET /api/sessions/current", headers).body()).contains(person.userId());
            assertThat(RawHttp.send("GET /api/machines", headers).status()).isEqualTo(200);
            assertThat(RawHttp.send("POST /api/sessions", headers).body()).contains(person.userId());
        }
    }

    @Test
    void several_cookies_of_its_name_of_which_none_is_a_session_are_as_one_that_is_none() {
        String cookies = "Cookie: " + Api.cookieName() + "=planted; " + Api.cookieName() + "=a.b.c\r\n";

        assertThat(RawHttp.send("GET /api/machines", cookies).status()).isEqualTo(401);
        assertThat(RawHttp.send("POST /api/sessions", cookies).status()).isEqualTo(201);
    }

    @Test
    void of_two_cookies_that_are_sessions_of_different_people_none_counts() {
        String name = Api.cookieName();
        String one = name + "=" + Api.Person.anyone().jwt();
        String other = name + "=" + Api.Person.anyone().jwt();

        for (String cookies : List.of(one + "; " + other, one + "\r\nCookie: " + other)) {
            for (String request : List.of("GET /api/sessions/current", "GET /api/machines", "POST /api/sessions")) {
                assertThat(RawHttp.send(request, "Cookie: " + cookies + "\r\n").status()).isEqualTo(401);
            }
        }
        assertThat(RawHttp.send("GET /api/sessions/current", "Cookie: x" + other + "; " + one + ";\r\n").status())
                .isEqualTo(200);
    }

    @Test
    void more_forged_cookies_than_are_worth_checking_are_refused() {
        Api.Person person = Api.Person.anyone();
        String own = Api.cookieName() + "=" + person.jwt();
        StringBuilder cookies = new StringBuilder(own);
        for (int i = 10; i < 20; i++) {
            cookies.append("; ").append(Api.cookieName()).append("=e30.e30.Zm9yZ2V").append((char) ('k' + i - 10));
        }

        assertThat(RawHttp.send("GET /api/machines", "Cookie: " + cookies + "\r\n").status()).isEqualTo(401);
    }

    @Test
    void a_session_of_the_version_before_goes_on_under_the_name_of_today() {
        Api.Person person = Api.Person.anyone();
        String cookie = "session=" + person.jwt();

        Api.oddRequest().header("Cookie", cookie).get(Api.CURRENT_SESSION).then().statusCode(401);
        Response renewed = Api.oddRequest().header("Cookie", cookie).post(Api.SESSIONS);

        renewed.then().statusCode(201).body("userId", equalTo(person.userId()));
        assertThat(renewed.getCookies()).containsOnlyKeys(Api.cookieName(), "session");
        assertThat(renewed.getDetailedCookie("session").getMaxAge()).isZero();
    }

    @Test
    void the_cookies_of_others_on_the_host_are_none_of_this_service() {
        Api.Person person = Api.Person.anyone();

        for (String name : List.of("session", "machine_registry_00000000", "__Host-machine_registry")) {
            Api.oddRequest().header("Cookie", name + "=" + person.jwt()).get(Api.CURRENT_SESSION).then()
                    .statusCode(401);
        }
        Api.oddRequest().header("Cookie", "session=another application's").post(Api.SESSIONS).then().statusCode(201);
        Api.oddRequest().header("Cookie", "session=a; session=b").post(Api.SESSIONS).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s=", "%s.", "%s.e30", "%s~", "%s%%3D", "e30.%s"})
    void a_jwt_has_one_spelling(String spelling) {
        Api.Person person = Api.Person.anyone();
        person.request().get(Api.CURRENT_SESSION).then().statusCode(200);

        Api.request(spelling.formatted(person.jwt())).get(Api.CURRENT_SESSION).then().statusCode(401);
    }

    @Test
    void a_jwt_of_another_signer_is_refused() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String jwt = Jwt.issuer("machine-registry")
                .subject("somebody")
                .groups("user")
                .expiresAt(Instant.now().plusSeconds(600))
                .sign(generator.generateKeyPair().getPrivate());

        Api.request(jwt).get(Api.CURRENT_SESSION).then().statusCode(401);
        Api.request(jwt).get(Api.MACHINES).then().statusCode(401);
    }

    @Test
    void a_jwt_without_a_signature_is_refused() {
        String claims = "{\"iss\":\"machine-registry\",\"sub\":\"somebody\",\"groups\":[\"user\"],\"exp\":9999999999}";

        String jwt = base64("{\"alg\":\"none\"}") + '.' + base64(claims) + '.';

        Api.request(jwt).get(Api.CURRENT_SESSION).then().statusCode(401);
    }

    @Test
    void a_jwt_that_was_changed_is_refused() {
        String[] parts = Api.Person.anyone().jwt().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]));
        String changed = claims.replaceFirst("\"sub\":\"[^\"]+\"", "\"sub\":\"somebody\"");
        assertThat(changed).isNotEqualTo(claims);

        String jwt = parts[0] + '.' + base64(changed) + '.' + parts[2];

        Api.request(jwt)
                .get(Api.CURRENT_SESSION)
                .then()
                .statusCode(401)
                .body("userId", not("somebody"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
    }
}
