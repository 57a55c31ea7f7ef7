package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** A number in a body that is none, or out of range, is a 400 that names its field, whichever operation it is of. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class NumbersTest {
    private static final List<String> WRONG = List.of("1e400", "-1e400", "1e3", "9223372036854775808",
            "9223372036854775807", "2147483648", "-2147483649", "1" + "0".repeat(400), "3.7", "-1", "\"3\"");

    /**
     * A field that is a number.
     *
     * @param body with {@code %s} in its place
     * @param shown the name of the field in a violation
     */
    private record Field(String operation, String name, String body, String shown) {
        static Field of(String operation, String name, String more) {
            return new Field(operation, name, "{" + more + "\"" + name + "\": %s}", name);
        }

        String method() {
            return operation.substring(0, operation.indexOf(' '));
        }

        String path() {
            return operation.substring(operation.indexOf(' ') + 1);
        }
    }

    private static final String NAMED = "\"name\": \"a\", ";
    private static final List<Field> FIELDS = List.of(
            Field.of("POST /api/machines", "alertAfterSeconds", NAMED),
            Field.of("POST /api/machines", "removeAfterSeconds", NAMED),
            new Field("POST /api/machines", "alertAfterSeconds", "[{\"name\": \"a\", \"alertAfterSeconds\": %s}]",
                    "[0].alertAfterSeconds"),
            Field.of("PATCH /api/machines/{machineId}", "alertAfterSeconds", ""),
            Field.of("PATCH /api/machines/{machineId}", "removeAfterSeconds", ""),
            Field.of("PATCH /api/machines", "alertAfterSeconds", ""),
            Field.of("PATCH /api/machines", "removeAfterSeconds", ""),
            Field.of("POST /api/tokens", "expiresInSeconds", NAMED + "\"scope\": \"read\", "),
            Field.of("POST /api/enrolment-keys", "alertAfterSeconds", NAMED),
            Field.of("POST /api/enrolment-keys", "removeAfterSeconds", NAMED),
            Field.of("POST /api/enrolment-keys", "uses", NAMED),
            Field.of("POST /api/enrolment-keys", "expiresInSeconds", NAMED),
            Field.of("POST /api/agent/connect", "assistantCount", ""),
            Field.of("POST /api/agent/heartbeat", "assistantCount", ""),
            Field.of("POST /api/agent/enrol", "assistantCount",
                    NAMED + "\"machineId\": \"" + Api.anyMachineId() + "\", \"secret\": \"" + Api.anySecret()
                            + "\", "));

    static Stream<Field> fields() {
        return FIELDS.stream();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void is_a_violation_of_its_field(Field field) {
        Api.Person person = Api.Person.anyone();
        Api.Registered machine = person.registers("numbers");
        String key = person.sends(Map.of("name", "rack 7")).post("/api/enrolment-keys").then().extract().path("key");

        for (String number : WRONG) {
            RequestSpecification request = field.path().equals("/api/agent/enrol")
                    ? Api.oddRequest(key)
                    : field.path().startsWith("/api/agent/")
                            ? Api.oddRequest(machine.token())
                            : Api.oddRequest(person.jwt());
            if (field.operation.equals("PATCH /api/machines")) {
                request.queryParam("q", "numbers").queryParam("expect", 1);
            }
            request.contentType(ContentType.JSON).body(field.body.formatted(number))
                    .request(field.method(), field.path().replace("{machineId}", machine.machineId()))
                    .then().statusCode(400)
                    .body("violations.field", containsInAnyOrder(field.shown));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400"})
    void what_a_machine_says_of_itself_may_hold_any_number_or_is_refused(String number) {
        Api.Registered machine = Api.Person.anyone().registers("numbers");

        Api.oddRequest(machine.token()).contentType(ContentType.JSON).body("{\"metadata\": {\"a\": " + number + "}}")
                .post(Api.CONNECT).then().statusCode(lessThan(500));
    }

    @Test
    void no_operation_with_a_number_is_left_out() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile());
        Set<String> documented = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            JsonNode body = resolve(document, operation.getValue().path("requestBody"));
            body.path("content").forEach(content -> numbers(document, content.path("schema")).forEach(name -> documented
                    .add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " " + name)));
        }));

        assertThat(FIELDS.stream().map(field -> field.operation + " " + field.name).distinct().sorted().toList())
                .containsExactlyElementsOf(documented);
    }

    private static Set<String> numbers(JsonNode document, JsonNode of) {
        JsonNode schema = resolve(document, of);
        Set<String> names = new TreeSet<>();
        for (String parts : List.of("allOf", "oneOf", "anyOf")) {
            schema.path(parts).forEach(part -> names.addAll(numbers(document, part)));
        }
        schema.path("properties").properties().forEach(property -> {
            String type = resolve(document, property.getValue()).path("type").asText();
            if (type.equals("integer") || type.equals("number")) {
                names.add(property.getKey());
            }
        });
        return names;
    }

    private static JsonNode resolve(JsonNode document, JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode() ? node : resolve(document, document.at(reference.asText().substring(1)));
    }
}
