package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What operators look at. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OperationsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void the_service_is_alive() {
        Api.elsewhere().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void the_service_is_ready_while_its_database_is_there() {
        // It has just started where this test is the first.
        await().untilAsserted(() -> Api.elsewhere()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.status", everyItem(equalTo("UP")))
                .body("checks.size()", not(0)));
    }

    @Test
    void it_says_which_version_it_is_and_nothing_of_its_host() {
        Api.elsewhere()
                .get("/q/info")
                .then()
                .statusCode(200)
                .body("build.name", equalTo("machine-registry"))
                .body("build.version", not(emptyOrNullString()))
                .body("build.time", nullValue())
                .body("os", nullValue())
                .body("java", nullValue());
    }

    @Test
    void metrics_are_those_of_prometheus() {
        Api.Person.anyone();

        Api.elsewhere()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("http_server_requests_seconds_count"))
                .body(containsString("uri=\"/api/sessions\""));
    }

    @Test
    void metrics_do_not_grow_with_machines_owners_and_paths_that_do_not_exist() {
        // Twice, because the last answer may be counted a moment after it came.
        useOnce();
        useOnce();
        Set<String> warm = series();

        Api.Person owner = Api.Person.anyone();
        for (int machine = 0; machine < 50; machine++) {
            useMachine(owner);
        }
        for (int person = 0; person < 20; person++) {
            Api.Person.anyone().list().then().statusCode(200);
        }
        for (int path = 0; path < 50; path++) {
            meetNothing();
        }

        assertThat(warm).anyMatch(series -> series.contains("uri=\"/api/machines/{machineId}\""));
        assertThat(series()).isEqualTo(warm);
    }

    private static void useOnce() {
        Api.Person owner = Api.Person.anyone();
        owner.list().then().statusCode(200);
        useMachine(owner);
        meetNothing();
    }

    private static void useMachine(Api.Person owner) {
        Api.Registered machine = owner.registers("build box");
        machine.request().post(Api.CONNECT).then().statusCode(200);
        assertThat(machine.beats()).isEqualTo(200);
        owner.details(machine).then().statusCode(200);
        machine.request().post(Api.DISCONNECT).then().statusCode(204);
    }

    private static void meetNothing() {
        String nothing = UUID.randomUUID().toString();
        for (String path : List.of("/", "/api/", "/api/machines/x/", "/app/", "/q/")) {
            Api.elsewhere().get(path + nothing).then().statusCode(404);
        }
        Api.Person.anyone().request().get(Api.MACHINE, nothing).then().statusCode(404);
    }

    /** The names and labels of all that is measured, but for the JVM's own: each kind of its collections has a series once it was needed. */
    private static Set<String> series() {
        return Api.elsewhere().get("/q/metrics").then().statusCode(200).extract().asString().lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
                .map(line -> line.substring(0, line.lastIndexOf(' '))).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({"/q/openapi, application/yaml", "/q/openapi?format=json, application/json"})
    void the_document_is_served_as_it_was_written(String path, String mediaType) throws IOException {
        JsonNode written = YAML.readTree(resource("META-INF/openapi.yaml"));
        // JSON is YAML, too.
        JsonNode served = YAML.readTree(Api.elsewhere().get(path).then().statusCode(200)
                .contentType(startsWith(mediaType)).extract().asString());

        assertThat(served.path("openapi").asText()).isEqualTo("3.0.3");
        assertThat(sorted(served.path("paths"))).isEqualTo(sorted(written.path("paths")));
        assertThat(sorted(served.path("components"))).isEqualTo(sorted(written.path("components")));
        assertThat(sorted(served.path("info"))).isEqualTo(sorted(written.path("info")));
    }

    @Test
    void credentials_are_not_looked_at_beside_the_api() {
        Set<Integer> good = Set.of(200);
        for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi")) {
            Api.elsewhere().auth().oauth2("nonsense").get(path).then().statusCode(in(good));
            Api.elsewhere().cookie(Api.cookieName(), "nonsense").get(path).then().statusCode(in(good));
        }
    }

    private static Object sorted(JsonNode node) {
        return YAML.convertValue(node, Map.class);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
