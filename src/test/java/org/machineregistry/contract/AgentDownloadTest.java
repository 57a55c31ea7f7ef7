package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The agents that the service hands out, for a shell and for PowerShell. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AgentDownloadTest {
    private static final List<String> AGENTS = List.of("/agent.sh", "/agent.ps1");

    @ParameterizedTest
    @CsvSource({"/agent.sh, text/x-shellscript, SERVICE=", "/agent.ps1, text/plain, '$Service = '"})
    void it_holds_the_host_that_was_asked_and_is_kept_by_no_cache(String path, String type, String assignment) {
        Api.request().header("Host", "machines.example.org:8443").get(path).then()
                .statusCode(200)
                .contentType(type + ";charset=UTF-8")
                .header("Cache-Control", "no-store")
                .header("Vary", "Host")
                .body(containsString(assignment + "'http://machines.example.org:8443'\n"))
                .body(not(containsString("@SERVICE@")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Proto: https", "X-Forwarded-Host: machines.example.org",
            "X-Forwarded-Prefix: /registry", "Forwarded: for=192.0.2.1;proto=https;host=\"machines.example.org\""})
    void none_is_made_with_an_address_that_a_proxy_contradicts(String header) {
        for (String path : AGENTS) {
            RawHttp.Answer answer = RawHttp.send("GET " + path, header + "\r\n");

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.isProblem()).isTrue();
        }
    }

    @Test
    void one_is_made_where_the_proxy_says_what_is_seen() {
        for (String path : AGENTS) {
            Api.request().header("X-Forwarded-Proto", "http").header("X-Forwarded-Host", "localhost:1")
                    .header("Forwarded", "for=192.0.2.1;proto=http").get(path).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Bearer mre_nonsense", "Bearer a:b", "Basic bm9ib2R5OnNlY3JldA==",
            "Nonsense"})
    void credentials_are_ignored(String authorization) {
        for (String path : AGENTS) {
            Api.elsewhere().header("Authorization", authorization).header("Cookie", Api.cookieName() + "=nonsense")
                    .get(path).then().statusCode(200);
        }
    }
}
