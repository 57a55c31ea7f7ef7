package org.machineregistry.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;

/** A service that was built to be below a path: {@code quarkus.http.root-path} is fixed at the build. */
@QuarkusTest
@TestProfile(RootPathTest.BelowRegistry.class)
@WithTestResource(TestDatabase.class)
class RootPathTest {
    private static final String ROOT = "/registry";

    private String basePath;

    public static class BelowRegistry implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.root-path", ROOT);
        }
    }

    @BeforeEach
    void addresses_are_written_out() {
        basePath = RestAssured.basePath;
        RestAssured.basePath = "";
    }

    @AfterEach
    void they_are_not_any_more() {
        RestAssured.basePath = basePath;
    }

    @Test
    void people_and_machines_are_served_below_it() {
        Response session = given().post(ROOT + Api.SESSIONS);
        Cookie cookie = session.detailedCookies().asList().get(0);
        Response created = given().contentType(ContentType.JSON).body("{\"name\":\"a\"}")
                .header("Cookie", cookie.getName() + "=" + cookie.getValue()).post(ROOT + Api.MACHINES);

        assertThat(cookie.getPath()).isEqualTo(ROOT);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("Location")).startsWith(ROOT + "/api/machines/");
        given().auth().preemptive().basic(created.<String>path("machineId"), secretOf(created))
                .post(ROOT + Api.HEARTBEAT).then().statusCode(200);
        assertThat(given().get(ROOT + "/agent.sh").asString())
                .contains("SERVICE='http://localhost:" + RestAssured.port + ROOT + "'");
        assertThat(given().get(ROOT + "/agent.ps1").asString())
                .contains("$Service = 'http://localhost:" + RestAssured.port + ROOT + "'");
    }

    @Test
    void a_foreign_origin_or_a_bad_credential_is_refused_below_it_too() {
        given().header("Origin", "https://evil.example").post(ROOT + Api.SESSIONS).then().statusCode(403);
        given().header("Authorization", "Bearer nonsense").get(ROOT + Api.MACHINES).then().statusCode(401);
        given().header("Authorization", "Bearer nonsense").post(ROOT + Api.HEARTBEAT).then().statusCode(401);
        given().post(ROOT + Api.CONNECT).then().statusCode(401);
        given().header("Sec-WebSocket-Key", "AAAA").get(ROOT + "/api/agent/socket").then().statusCode(401)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"/registry/", "/registry/app"})
    void who_comes_without_a_page_is_led_to_it(String path) {
        given().redirects().follow(false).get(path).then().statusCode(302).header("Location", ROOT + "/app/");
    }

    @Test
    void headers_of_the_api_are_strict_below_it_too() {
        given().get(ROOT + Api.SUMMARY).then().statusCode(200)
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private static String secretOf(Response created) {
        return created.<String>path("token").split(":", 2)[1];
    }
}
