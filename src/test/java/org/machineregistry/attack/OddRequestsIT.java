package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.Api;

/** What is odd is the caller's fault, whoever it is: a problem of 400 to 499, and not a line in the log. */
@ExtendWith(AttackedService.Extension.class)
class OddRequestsIT {
    private static final int KILOBYTES = 7_000;
    private static final String PERSON = "PERSON";
    private static final String MANY_RANGES = "Accept: " + "a/b,".repeat(1_500) + "a/b";
    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";

    static Stream<String> odd() {
        Stream<String> heads = Stream.of("/api/machines", "/api/sessions/current", "/agent.sh", "/app/")
                .flatMap(path -> Stream.of("GET " + path + " HTTP/1.0\r\n", "GET " + path + " HTTP/1.1\r\n",
                        "GET " + path + " HTTP/1.1\r\nHost: \r\n", "GET " + path + " HTTP/1.1\r\nHost: a b\r\n",
                        "GET " + path + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
                        "GET " + path + " HTTP/1.1\r\nHost: [::\r\n",
                        "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + MANY_RANGES + "\r\n",
                        "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: a/b" + ";a=b".repeat(1_700) + "\r\n",
                        "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n" + MANY_RANGES + "\r\n"));
        Stream<String> bodies = Stream
                .of("/api/machines", "/api/sessions", "/api/agent/heartbeat", "/nothing", "/api/nothing")
                .flatMap(path -> Stream.of("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + MULTIPART,
                        "POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + PERSON + "\r\n"
                                + MULTIPART));
        return Stream.concat(heads, bodies);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void an_odd_request_is_a_problem_of_its_caller(String request, AttackedService service) {
        int logged = service.logged();
        try (RawConnection connection = service.connect("127.0.0.1")) {
            String answer = connection.say(request.replace(PERSON, service.person.session) + "\r\n").say(lastRequest())
                    .readToEnd();

            assertThat(answer).matches("(?s)HTTP/1.[01] 4\\d\\d .*").contains("application/problem+json");
        }
        service.assertNothingLoggedSince(logged);
    }

    /** So that the service ends the connection. */
    private static String lastRequest() {
        return "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({"Accept-Language,'en,'", "Accept-Encoding,'gzip,'", "Cookie,a=b;", "Cookie,session", "Forwarded,for=a;",
            "If-None-Match,'\"a\",'", "X-Forwarded-For,'a,'", "Range,'bytes=0-1,'", "Origin,a", "Expect,a"})
    void kilobytes_of_a_header_are_no_failure(String name, String value, AttackedService service) {
        int logged = service.logged();
        for (String path : List.of("/api/machines", "/app/", "/agent.sh")) {
            try (RawConnection connection = service.connect("127.0.0.1")) {
                connection.say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + name + ": "
                        + value.repeat(KILOBYTES / value.length()) + "\r\n\r\n");

                assertThat(connection.readStatus()).isBetween(200, 499);
            }
        }
        service.assertNothingLoggedSince(logged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/1.10", "HTTP/9.9", "XTTP/1.1", "http/1.1"})
    void a_version_that_there_is_not_is_its_callers_fault(String version, AttackedService service) {
        int logged = service.logged();
        try (RawConnection connection = service.connect("127.0.0.1")) {
            String answer = connection.say("GET /api/machines " + version + "\r\nHost: localhost\r\n\r\n").readToEnd();

            assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
        }
        service.assertNothingLoggedSince(logged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/assets/nothing.js", "/app/assets/", "/app/nothing.js"})
    void what_the_page_does_not_have_is_not_kept(String path, AttackedService service) {
        HttpHeaders headers = Api.send(Api.request(service.replica, path, null).build()).headers();

        assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({"/app/machines, ./", "/app/machines/, ../", "/app/a/b/c, ../../", "/app/a/b.c/d?e=f, ../../?e=f"})
    void whoever_opens_what_the_page_does_not_have_is_led_to_the_page(String path, String page,
            AttackedService service) {
        HttpRequest opened = Api.request(service.replica, path, null).header("Accept", "text/html,*/*;q=0.8").build();

        HttpResponse<String> answer = Api.send(opened);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().allValues("Location")).containsExactly(page);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({"/app/, 200", "/app/index.html, 200", "/app/icon.svg, 200", "/app/nothing.js, 404",
            "/app/assets/nothing.js, 404"})
    void what_the_page_is_made_of_is_not_led_anywhere(String path, int status, AttackedService service) {
        HttpRequest opened = Api.request(service.replica, path, null).header("Accept", "text/html,*/*;q=0.8").build();

        assertThat(Api.send(opened).statusCode()).isEqualTo(status);
    }

    @Test
    void probes_of_operators_need_no_host(AttackedService service) {
        try (RawConnection connection = service.connect("127.0.0.1")) {
            assertThat(connection.say("GET /q/health/ready HTTP/1.0\r\n\r\n").readStatus()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '`', value = {"exp 1000000000000000000", "exp 9223372036854775807",
            "exp 1e400",
            "exp 1e30", "exp \"x\"", "exp {}", "exp -1", "groups [{\"a\":1}]", "groups {\"a\":1}", "groups 5",
            "groups [[\"user\"]]", "groups [null]", "sub 5", "sub \"\\u0000\"", "sub {}", "iat \"x\"", "nbf [1]",
            "jti {}",
            "iss []"})
    void a_well_signed_session_with_an_odd_claim_is_none(String claim, String value, AttackedService service) {
        int logged = service.logged();
        Map<String, String> claims = claims();
        claims.put(claim, value);

        assertThat(current(claims, service)).isEqualTo(401);
        service.assertNothingLoggedSince(logged);
    }

    @Test
    void one_whose_claims_are_plain_is_a_session(AttackedService service) {
        assertThat(current(claims(), service)).isEqualTo(200);
    }

    private static int current(Map<String, String> claims, AttackedService service) {
        String jwt = SignedJwt.of(claims, service.settings);
        return Api.send(Api.request(service.replica, "/api/sessions/current", jwt).build()).statusCode();
    }

    /** Each with its value as JSON. */
    private static Map<String, String> claims() {
        long now = Instant.now().getEpochSecond();
        return new TreeMap<>(Map.of("iss", "\"machine-registry\"", "sub", "\"somebody\"", "groups", "[\"user\"]",
                "iat", String.valueOf(now), "exp", String.valueOf(now + 600)));
    }
}
