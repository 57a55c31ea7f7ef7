package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
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
                        + SeveralAddresses.PLAIN))
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

    private static Cookie cookie(Response answer) {
        Cookies cookies = answer.then().statusCode(201).extract().detailedCookies();
        assertThat(cookies.size()).isOne();
        return cookies.asList().get(0);
    }
}
