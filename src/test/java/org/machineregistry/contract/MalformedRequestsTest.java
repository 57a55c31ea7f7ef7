package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Every address, with every kind of nonsense: nothing of it is the service's fault, and no answer tells its insides. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MalformedRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)exception|\\bat [a-z]+\\.|org\\.|java\\.|io\\.quarkus|io\\.vertx|jackson|hibernate|postgres|select |insert "
                    + "|update .* set|relation |column |stack");
    // Refused while the request is still being read, where Vert.x knows no more than that.
    private static final Set<Integer> WITHOUT_BODY = Set.of(0, 414, 431);

    private record Target(String request, String credential) {
        boolean takesBody() {
            return !request.startsWith("GET");
        }
    }

    private final List<String> failures = new ArrayList<>();
    private int sent;

    @Test
    void no_body_whatever_is_the_services_fault() {
        for (Target target : targets()) {
            if (target.takesBody()) {
                bodies()
                        .forEach(
                                body -> check(target, body, RawHttp.json(target.request(), target.credential(), body)));
            }
        }

        assertNothingFailed(500);
    }

    @Test
    void no_header_whatever_is_the_services_fault() {
        for (Target target : targets()) {
            headers().forEach(header -> check(target, header, send(target, header + "\r\n")));
        }

        assertNothingFailed(300);
    }

    @Test
    void a_head_that_cannot_be_read_is_the_callers_fault() {
        List<String> heads = List.of("Content-Length: -1", "Content-Length: nonsense", "Content-Length: 1, 2",
                "Content-Length: 999999999999999999999", "\u00e4: \u00e4", "No colon", "a b: c");
        for (Target target : targets()) {
            for (String head : heads) {
                RawHttp.Answer answer = RawHttp.send(target.request(), target.credential() + head + "\r\n");
                sent++;
                if (answer.status() != 400 || INSIDES.matcher(answer.body()).find()) {
                    failures.add(target.request() + " with " + head + " -> " + answer);
                }
            }
        }

        assertNothingFailed(100);
    }

    @Test
    void no_address_whatever_is_the_services_fault() {
        String jwt = RawHttp.bearer(Api.Person.anyone().jwt());

        for (String credential : List.of("", jwt)) {
            addresses().forEach(address -> {
                Target target = new Target("GET " + address, credential);
                check(target, "", RawHttp.send(target.request(), credential));
            });
        }

        assertNothingFailed(80);
    }

    @Test
    void no_method_whatever_is_the_services_fault() {
        String jwt = RawHttp.bearer(Api.Person.anyone().jwt());

        for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE", "get", "X-Y",
                "CONNECT")) {
            for (String path : paths()) {
                Target target = new Target(method + " " + path, jwt);
                check(target, "", RawHttp.send(target.request(), jwt));
            }
        }

        assertNothingFailed(80);
    }

    @Test
    void no_credential_whatever_is_the_services_fault() {
        for (String path : paths()) {
            credentials().forEach(credential -> {
                Target target = new Target("POST " + path, credential);
                check(target, credential, RawHttp.send(target.request(), credential + "\r\nContent-Length: 0\r\n"));
                check(target, credential, RawHttp.send("GET " + path, credential + "\r\n"));
            });
        }

        assertNothingFailed(300);
    }

    private RawHttp.Answer send(Target target, String header) {
        byte[] body = target.takesBody() ? "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8) : new byte[0];
        boolean ownLength = header.startsWith("Content-Length") || header.startsWith("Transfer-Encoding");
        String length = ownLength || !target.takesBody() ? "" : "Content-Length: " + body.length + "\r\n";
        String type = header.startsWith("Content-Type") ? "" : "Content-Type: application/json\r\n";
        return RawHttp.send(target.request(), target.credential() + header + length + type, body);
    }

    private void check(Target target, String nonsense, RawHttp.Answer answer) {
        sent++;
        String fault = fault(answer);
        if (fault != null) {
            failures.add(fault + ": " + abbreviate(target.request()) + " with " + abbreviate(nonsense) + " -> "
                    + answer.status() + " "
                    + abbreviate(answer.body()));
        }
    }

    private static String fault(RawHttp.Answer answer) {
        if (answer.status() >= 500) {
            return "an error of the service";
        }
        if (answer.status() < 400) {
            return answer.status() == 0 ? "no answer" : null;
        }
        if (INSIDES.matcher(answer.body()).find()) {
            return "insides";
        }
        if (WITHOUT_BODY.contains(answer.status()) && answer.body().isEmpty()) {
            return null;
        }
        return answer.isProblem() && isProblem(answer) ? null : "no problem";
    }

    private static boolean isProblem(RawHttp.Answer answer) {
        try {
            JsonNode problem = JSON.readTree(answer.body());
            return problem.path("status").asInt() == answer.status()
                    && Stream.of("type", "title", "detail").noneMatch(field -> problem.path(field).asText().isEmpty());
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    private void assertNothingFailed(int least) {
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(failures).isEmpty();
            softly.assertThat(sent).isGreaterThanOrEqualTo(least);
        });
    }

    private static String abbreviate(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static List<Target> targets() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        String user = RawHttp.bearer(owner.jwt());
        String agent = RawHttp.bearer(machine.token());
        String id = machine.machineId();
        assertThat(machine.beats()).isEqualTo(200);
        return List.of(new Target("POST /api/sessions", ""), new Target("POST /api/sessions", user),
                new Target("GET /api/sessions/current", user), new Target("DELETE /api/sessions/current", user),
                new Target("GET /api/machines", user), new Target("POST /api/machines", user),
                new Target("GET /api/machines/summary", user), new Target("GET /api/machines/" + id, user),
                new Target("PATCH /api/machines/" + id, user), new Target("POST /api/machines/" + id + "/token", user),
                new Target("DELETE /api/machines/0123456789", user), new Target("POST /api/agent/connect", agent),
                new Target("POST /api/agent/heartbeat", agent), new Target("POST /api/agent/disconnect", agent),
                new Target("GET /api/agent/socket", agent), new Target("GET /agent.sh", ""),
                new Target("GET /agent.ps1", ""));
    }

    private static List<String> paths() {
        return List.of("/api/sessions", "/api/sessions/current", "/api/machines", "/api/machines/summary",
                "/api/machines/0123456789", "/api/machines/0123456789/token", "/api/agent/connect",
                "/api/agent/heartbeat", "/api/agent/disconnect", "/api/agent/socket", "/agent.sh", "/agent.ps1");
    }

    private static Stream<String> bodies() {
        Stream<String> values = Stream.of("null", "true", "0", "-1", "1.5", "1e400", "-0", "99999999999999999999999",
                "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u0007\"",
                "\"\u0007\"", "\"\\x\"", "\"\u202e\"", "[]", "[[]]", "{}", "{\"a\":{}}", "NaN", "Infinity", "'a'", "",
                "\"" + "x".repeat(60_000) + "\"", "\"" + "\uD83D\uDDA5".repeat(1_025) + "\"",
                "\"'; drop table machine; --\"", "\"${jndi:ldap://x}\"", "\"%s%n\"");
        Stream<String> fields = values.flatMap(value -> Stream.of("name", "machineId", "hostname", "assistantCount",
                "revokeOld").map(field -> "{\"" + field + "\":" + value + "}"));
        Stream<String> wholes = Stream.of("", " ", "null", "true", "1", "\"a\"", "[]", "[{}]", "{", "}", "{{}}", "[",
                "{\"name\"", "{\"name\":", "{\"name\":\"a", "{\"name\":\"a\",}", "{\"name\":\"a\"}{\"name\":\"b\"}",
                "{\"name\":\"a\",\"name\":1}", "{\"name\":\"a\"} trailing", "\ufeff{\"name\":\"a\"}", "\u0000", "// x",
                "{\"\":1}", "{\"\\u0000\":1}", "[".repeat(20_000), "{\"a\":".repeat(10_000),
                "[".repeat(900) + "]".repeat(900), "1".repeat(60_000), "x".repeat(66_000), "<xml/>", "name=a",
                // In four and in two bytes a character, as one may take it: cut off, and with what is none.
                "\0\0\0{\0", "{\0\0\0\0", "{\0\0\0~~~~", "\0\0\0{~~~~", "\0{\0", "{\0\"");
        return Stream.concat(fields, wholes);
    }

    private static Stream<String> headers() {
        return Stream.of("Content-Type: ", "Content-Type: /", "Content-Type: application/", "Content-Type: json",
                "Content-Type: application/json; charset=nonsense", "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json;;;", "Content-Type: application/json; charset=\"",
                "Content-Type: " + "x".repeat(5_000), "Content-Type: application/json, text/plain",
                "Content-Encoding: gzip", "Content-Encoding: nonsense", "Content-Encoding: deflate, gzip, br",
                "Accept: nonsense", "Accept: text/html", "Accept: */*;q=nonsense", "Accept: ,,,", "Accept: /",
                "Accept-Language: \u00ff\u00fe", "Accept-Charset: nonsense", "Accept-Encoding: nonsense;q=2",
                "Transfer-Encoding: nonsense", "If-None-Match: nonsense", "If-None-Match: \"", "If-None-Match: W/",
                "If-Match: *", "If-Modified-Since: nonsense", "If-Unmodified-Since: nonsense", "Range: bytes=9-1",
                "Cookie: ", "Cookie: =", "Cookie: " + Api.cookieName(), "Cookie: " + Api.cookieName() + "=\u00e4",
                "Cookie: ;;;=;session=;",
                "Cookie: " + Api.cookieName() + "=\"", "Origin: ", "Origin: null", "Origin: http://[",
                "X-Forwarded-For: nonsense",
                "Forwarded: nonsense", "Expect: nonsense", "Upgrade: nonsense", "Upgrade: websocket",
                "X: " + "x".repeat(20_000), ": no name",
                "X-HTTP-Method-Override: DELETE");
    }

    private static Stream<String> addresses() {
        return Stream.of("/", "//", "/%", "/%zz", "/%00", "/%c0%af", "/%ff", "/api/machines/%00",
                "/api/machines/%2e%2e",
                "/api/machines/..%2f..%2fetc", "/api/machines/../../etc/passwd", "/api/machines/" + "a".repeat(3_000),
                "/api/machines/" + "a".repeat(10_000), "/" + "a/".repeat(1_500), "/api/machines/%F0%9F%98%80",
                "/api/machines/a;b=c", "/api/machines;a=b", "/api/machines/;", "/api/machines/ ",
                "/api/machines/\u00e4",
                "/api/machines?", "/api/machines?&", "/api/machines?=", "/api/machines?q", "/api/machines?q=%",
                "/api/machines?q=%00", "/api/machines?q=%ff", "/api/machines?q=%ED%A0%80", "/api/machines?q=\u00e4",
                "/api/machines?%00=1", "/api/machines?limit=%00", "/api/machines?limit=1e1", "/api/machines?limit=NaN",
                "/api/machines?limit=-2147483649", "/api/machines?after=%00", "/api/machines?after=AAAA",
                "/api/machines?after=" + "A".repeat(3_000), "/api/machines?after=gICA", "/api/machines?after=YQpi",
                "/api/machines?after=CgoK", "/api/machines?after==", "/api/machines?after=YQoA",
                "/api/machines?status[]=online", "/api/machines?status=online%00", "/api/machines?q=a&q=b",
                "/api/machines?" + "q=a&".repeat(900), "/api/machines/summary?x", "/api/sessions/current?a=b",
                "/api/machines/0123456789?a", "*", "http://elsewhere.example/api/machines", "api/machines", "?", "#",
                "/api/machines#fragment", "/q/openapi?format=nonsense", "/q/health/nonsense", "/agent.sh?x=1",
                "/api/machines/{}", "/api/machines/<script>", "/api/machines?q=<script>", "/api//machines/./x");
    }

    private static Stream<String> credentials() {
        return Stream.of("Authorization: ", "Authorization: Bearer", "Authorization: Bearer ", "Authorization: Basic",
                "Authorization: Basic !!!", "Authorization: Basic Og==", "Authorization: Basic AAAA",
                "Authorization: Basic gICA", "Authorization: Bearer :", "Authorization: Bearer a:",
                "Authorization: Bearer :a",
                "Authorization: Bearer a:b:c", "Authorization: Bearer " + "a".repeat(3_000), "Authorization: Bearer ..",
                "Authorization: Bearer a.b.c", "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
                "Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLyJ9.e30.AAAA",
                "Authorization: Bearer \u00ff\u00fe",
                "Authorization: Digest username=\"a\"", "Authorization: nonsense",
                "Authorization: bearer bearer bearer",
                "Cookie: " + Api.cookieName() + "=a.b.c", "Cookie: " + Api.cookieName() + "=eyJhbGciOiJub25lIn0.e30.",
                "Authorization: Bearer a\r\nAuthorization: Bearer b");
    }
}
