package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.machineregistry.TestDatabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;

/**
 * A front end on another origin that the operator has named, by what browsers ask and look at
 * (https://fetch.spec.whatwg.org/#http-cors-protocol).
 */
@QuarkusTest
@TestProfile(OtherSettings.class)
@WithTestResource(TestDatabase.class)
class CorsTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @ParameterizedTest
    @MethodSource("operations")
    void a_preflight_of_every_operation_is_granted(String method, String path) {
        Response preflight = preflight(OtherSettings.FRONT_END, method, "authorization,content-type,if-none-match",
                path);

        preflight.then().statusCode(200).header("Access-Control-Allow-Origin", OtherSettings.FRONT_END);
        assertThat(words(preflight, "Access-Control-Allow-Methods")).contains(method.toLowerCase(Locale.ROOT));
        assertThat(words(preflight, "Access-Control-Allow-Headers"))
                .contains("authorization", "content-type", "if-none-match");
    }

    @ParameterizedTest
    @CsvSource({"https://front.example.evil, POST", "http://front.example, POST", "https://front.example:8443, POST",
            "null, POST"})
    void a_preflight_of_another_origin_is_refused(String origin, String method) {
        preflight(origin, method, "content-type", Api.MACHINES).then().statusCode(403)
                .header("Access-Control-Allow-Origin", equalTo(null));
    }

    @Test
    void the_headers_of_an_answer_can_be_read_there() {
        Api.Person person = Api.Person.anyone();

        Response list = person.request().header("Origin", OtherSettings.FRONT_END).get(Api.MACHINES);

        list.then().statusCode(200).header("Access-Control-Allow-Origin", OtherSettings.FRONT_END);
        assertThat(words(list, "Access-Control-Expose-Headers")).contains("etag", "link", "location", "retry-after");
    }

    @Test
    void an_error_can_be_read_there_too() {
        Api.oddRequest("nonsense").header("Origin", OtherSettings.FRONT_END).get(Api.MACHINES).then().statusCode(401)
                .header("Access-Control-Allow-Origin", OtherSettings.FRONT_END);
        Api.Person.anyone().sends("{\"name\":\"\"}").header("Origin", OtherSettings.FRONT_END).post(Api.MACHINES)
                .then().statusCode(400)
                .header("Access-Control-Allow-Origin", OtherSettings.FRONT_END);
    }

    /** What people do; machines are no browsers. */
    static Stream<Arguments> operations() throws IOException {
        JsonNode paths = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile()).path("paths");
        return paths.properties().stream().filter(path -> !path.getKey().startsWith("/agent"))
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation -> Arguments.of(operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replaceAll("\\{[^}]+}", "0123456789"))));
    }

    private static Response preflight(String origin, String method, String headers, String path) {
        return Api.elsewhere()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .options(path);
    }

    private static List<String> words(Response answer, String header) {
        return Arrays.stream(answer.header(header).toLowerCase(Locale.ROOT).split("\\s*,\\s*")).toList();
    }
}
