package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.http.Cookies;
import io.restassured.response.Response;

/** A service that knows where it is reached, whatever the proxy in front of it passes on. */
@QuarkusTest
@TestProfile(SeveralAddresses.class)
@WithTestResource(TestDatabase.class)
class SeveralAddressesTest {
    private static final String OVER_TLS = "__Host-machine_registry";

    @ParameterizedTest
    @ValueSource(strings = {SeveralAddresses.MAIN, "https://intranet.example.org", SeveralAddresses.PLAIN})
    void people_may_come_to_each_of_them_through_a_proxy_that_says_nothing(String origin) {
        Api.request().header("Origin", origin).post(Api.SESSIONS).then().statusCode(201);
    }

    @Test
    void whoever_comes_to_another_one_is_told_what_was_seen_and_what_to_set() {
        String elsewhere = "http://localhost:" + RestAssured.port;

        Api.request().header("Origin", elsewhere).header("Sec-Fetch-Site", "same-origin").post(Api.SESSIONS).then()
                .statusCode(403)
                .body("detail", containsString("You came to " + elsewhere + ", and the service saw " + elsewhere
                        + "; its addresses are https://machines.example.org, https://intranet.example.org/registry, "
                        + SeveralAddresses.BELOW_A_LONGER_PATH + ", " + SeveralAddresses.PLAIN))
                .body("setting", equalTo("service.additional-urls=" + elsewhere));
    }

    @Test
    void a_page_of_another_site_is_told_nothing() {
        Api.request().header("Origin", "https://evil.example").header("Sec-Fetch-Site", "cross-site").post(Api.SESSIONS)
                .then()
                .statusCode(403)
                .body("setting", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"https://machines.example.org, /, true, __Host-machine_registry",
            "https://intranet.example.org, /registry, true, machine_registry_",
            "http://lab.example.org:8080, /, false, machine_registry_"})
    void the_cookie_is_that_of_the_address(String origin, String path, boolean secure, String name) {
        Cookie cookie = cookie(Api.request().header("Origin", origin).post(Api.SESSIONS));

        assertThat(cookie.getName()).startsWith(name);
        assertThat(cookie.getPath()).isEqualTo(path);
        assertThat(cookie.isSecured()).isEqualTo(secure);
    }

    @ParameterizedTest
    @ValueSource(strings = {SeveralAddresses.MAIN, "https://intranet.example.org", SeveralAddresses.PLAIN})
    void the_cookie_of_each_is_good_also_where_a_read_says_nothing_of_the_address(String origin) {
        Response session = Api.request().header("Origin", origin).post(Api.SESSIONS);
        Cookie cookie = cookie(session);

        Api.oddRequest().header("Cookie", cookie.getName() + "=" + cookie.getValue()).get(Api.CURRENT_SESSION).then()
                .statusCode(200)
                .body("userId", equalTo(session.path("userId")));
    }

    @Test
    void the_cookies_of_two_of_the_addresses_do_not_shut_anybody_out() {
        Response over = Api.request().header("Origin", SeveralAddresses.MAIN).post(Api.SESSIONS);
        Cookie plain = cookie(Api.request().header("Origin", SeveralAddresses.PLAIN).post(Api.SESSIONS));

        Api.oddRequest().header("Cookie", plain.getName() + "=" + plain.getValue() + "; " + OVER_TLS + "="
                + cookie(over).getValue()).get(Api.CURRENT_SESSION).then()
                .statusCode(200)
                .body("userId", equalTo(over.path("userId")));
    }

    @Test
    void where_the_host_is_passed_on_only_the_cookie_of_that_address_counts() {
        Cookie plain = cookie(Api.request().header("Origin", SeveralAddresses.PLAIN).post(Api.SESSIONS));

        Api.oddRequest().header("Host", "lab.example.org:8080")
                .header("Cookie", plain.getName() + "=" + plain.getValue())
                .get(Api.CURRENT_SESSION).then().statusCode(200);
        Api.oddRequest().header("Host", "lab.example.org:8080").header("Cookie", OVER_TLS + "=" + plain.getValue())
                .get(Api.CURRENT_SESSION).then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:1, https://machines.example.org", "machines.example.org, https://machines.example.org",
            "intranet.example.org, https://intranet.example.org/registry",
            "intranet.example.org:8080, https://intranet.example.org/registry",
            "lab.example.org:8080, http://lab.example.org:8080", "LAB.example.org, http://lab.example.org:8080"})
    void the_agent_is_given_the_address_that_was_reached(String host, String address) {
        String script = Api.request().header("Host", host).get("/agent.sh").then().statusCode(200).extract().asString();
        String windows = Api.request().header("Host", host).get("/agent.ps1").then().statusCode(200).extract()
                .asString();

        assertThat(script).contains("SERVICE='" + address + "'");
        assertThat(windows).contains("$Service = '" + address + "'");
    }

    @Test
    void a_page_at_one_of_them_is_told_that_address() {
        Api.request().queryParam("at", SeveralAddresses.BELOW_A_PATH + "/").get(Api.ADDRESS).then()
                .statusCode(200)
                .body("url", equalTo(SeveralAddresses.BELOW_A_PATH))
                .body("detail", nullValue());
    }

    @Test
    void a_page_at_another_one_is_told_the_main_one_and_what_to_add() {
        Api.request().queryParam("at", "http://localhost:9").get(Api.ADDRESS).then()
                .statusCode(200)
                .body("url", equalTo(SeveralAddresses.MAIN))
                .body("detail", containsString("You came to http://localhost:9, and the service saw "))
                .body("setting", equalTo("service.additional-urls=http://localhost:9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "https://h/\"", "https://h/app", "https://h/../x"})
    void a_page_that_is_nowhere_is_a_problem(String at) {
        Api.oddRequest().queryParam("at", at).get(Api.ADDRESS).then()
                .statusCode(400)
                .body("violations[0].field", equalTo("at"));
    }

    @Test
    void a_path_that_a_proxy_has_kept_is_taken_off() {
        Response session = Api.elsewhere().post("/registry" + Api.SESSIONS);
        Cookie cookie = cookie(session);

        Response created = Api.elsewhere().contentType(ContentType.JSON).body("{\"name\":\"a\"}")
                .header("Cookie", cookie.getName() + "=" + cookie.getValue()).post("/registry" + Api.MACHINES);

        assertThat(cookie.getPath()).isEqualTo("/registry");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("Location")).startsWith("/registry/api/machines/");
        Api.elsewhere().header("Authorization", "Bearer " + created.path("token")).post("/registry" + Api.HEARTBEAT)
                .then().statusCode(200);
        assertThat(Api.elsewhere().get("/registry/agent.sh").asString())
                .contains("SERVICE='" + SeveralAddresses.BELOW_A_PATH + "'");
    }

    @Test
    void of_two_paths_of_which_one_is_below_the_other_the_longer_one_is_taken_off() {
        assertThat(Api.elsewhere().get("/registry/second/agent.sh").asString())
                .contains("SERVICE='" + SeveralAddresses.BELOW_A_LONGER_PATH + "'");
        assertThat(Api.elsewhere().get("/registry/agent.sh").asString())
                .contains("SERVICE='" + SeveralAddresses.BELOW_A_PATH + "'");
    }

    @Test
    void a_path_is_taken_off_once_and_never_a_part_of_a_name() {
        Api.elsewhere().get("/registry/registry" + Api.SUMMARY).then().statusCode(404);
        Api.elsewhere().get("/registryapi/machines/summary").then().statusCode(404);
        Api.elsewhere().get("/registry" + Api.SUMMARY).then().statusCode(200).body("total", equalTo(0));
        Api.elsewhere().get("/registry" + Api.MACHINES + "?nonsense=1").then().statusCode(400);
    }

    @Test
    void a_foreign_origin_may_change_nothing_below_a_path_either() {
        Api.elsewhere().header("Origin", "https://evil.example").post("/registry" + Api.SESSIONS).then()
                .statusCode(403);
        for (String path : List.of("/registry/../api/sessions", "/registry/./api/sessions", "/x/../api/sessions")) {
            assertThat(RawHttp.send("POST " + path, "Origin: https://evil.example\r\nContent-Length: 0\r\n").status())
                    .as(path).isEqualTo(403);
        }
        assertThat(RawHttp.send("POST /registry%2Fapi/sessions", "Content-Length: 0\r\n").status()).isEqualTo(404);
    }

    @Test
    void the_next_page_is_below_the_path_too() {
        Api.Person person = Api.Person.anyone();
        person.registers("a");
        person.registers("b");

        String link = Api.elsewhere().header("Authorization", "Bearer " + person.jwt())
                .get("/registry" + Api.MACHINES + "?limit=1").header("Link");

        assertThat(link).matches("</registry/api/machines\\?limit=1&after=[A-Za-z0-9_-]+>; rel=\"next\"");
        assertThat(person.request().queryParam("limit", 1).get(Api.MACHINES).header("Link"))
                .startsWith("</api/machines?");
    }

    @ParameterizedTest
    @CsvSource({"/, app/", "/app, app/", "/registry, /registry/app/", "/registry/, /registry/app/",
            "/registry/app, /registry/app/"})
    void who_comes_without_a_page_is_led_to_it(String path, String page) {
        Api.elsewhere().redirects().follow(false).get(path).then().statusCode(302).header("Location", page);
    }

    private static Cookie cookie(Response answer) {
        Cookies cookies = answer.then().statusCode(201).extract().detailedCookies();
        assertThat(cookies.size()).isOne();
        return cookies.asList().get(0);
    }
}
