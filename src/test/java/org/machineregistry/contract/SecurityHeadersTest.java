package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Headers;

/** What browsers are told of answers that are no page. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SecurityHeadersTest {
    @ParameterizedTest
    @CsvSource({"GET, /api/machines, 200", "GET, /api/machines/summary, 200", "GET, /api/sessions/current, 401",
            "POST, /api/sessions, 201", "DELETE, /api/sessions/current, 204", "POST, /api/agent/heartbeat, 401",
            "GET, /api/agent/socket, 401", "GET, /api/nothing, 404", "GET, /nothing, 404",

            "PUT, /api/machines, 405", "GET, /api/machines?page=2, 400", "GET, /agent.sh, 200", "GET, /agent.ps1, 200",
            "GET, /q/metrics, 200", "GET, /q/health/live, 200", "GET, /, 302"})
    void nothing_may_be_guessed_run_framed_or_told(String method, String path, int status) {
        Headers headers = Api.elsewhere().redirects().follow(false).request(method, path).then().statusCode(status)
                .extract().headers();

        assertThat(headers.getValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.getValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.getValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'");
        if (!path.startsWith("/q/") && !path.equals("/")) {
            assertThat(headers.getValues("Cache-Control")).hasSize(1).doesNotContain("public");
        }
        assertThat(headers.getValues("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void only_lists_may_be_kept_and_only_by_their_reader() {
        Api.Person person = Api.Person.anyone();
        Api.Registered machine = person.registers("build box");

        assertThat(cacheControl(person.list().headers())).containsExactly("private, no-cache");
        assertThat(cacheControl(person.details(machine).headers())).containsExactly("no-store");
        String tag = person.list().header("ETag");
        assertThat(cacheControl(person.request().header("If-None-Match", tag).get(Api.MACHINES).then().statusCode(304)
                .extract().headers())).containsExactly("private, no-cache");
        assertThat(cacheControl(machine.request().post(Api.HEARTBEAT).headers())).containsExactly("no-store");
    }

    private static List<String> cacheControl(Headers headers) {
        return headers.getValues("Cache-Control");
    }
}
