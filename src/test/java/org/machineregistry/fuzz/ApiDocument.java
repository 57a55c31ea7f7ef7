package org.machineregistry.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.machineregistry.fuzz.Operation.Parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The service's OpenAPI document, as the grammar of requests to it. */
final class ApiDocument {
    private static final Path SOURCE = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    final List<Operation> operations = new ArrayList<>();
    private final JsonNode root;

    ApiDocument() {
        try {
            root = new ObjectMapper(new YAMLFactory()).readTree(SOURCE.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        root.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            if (METHODS.contains(operation.getKey())) {
                operations.add(read(operation.getKey(), path.getKey(), path.getValue()));
            }
        }));
    }

    private Operation read(String method, String path, JsonNode item) {
        JsonNode operation = item.path(method);
        JsonNode body = resolve(operation.path("requestBody").path("content").path("application/json").path("schema"));
        return new Operation(method.toUpperCase(Locale.ROOT), path,
                Stream.concat(elements(item.path("parameters")), elements(operation.path("parameters")))
                        .map(this::parameter).toList(),
                body.isMissingNode() ? null : body, answers(operation), schemes(operation));
    }

    private Parameter parameter(JsonNode parameter) {
        JsonNode found = resolve(parameter);
        return new Parameter(found.path("name").asText(), found.path("in").asText(), resolve(found.path("schema")));
    }

    private Map<Integer, Set<String>> answers(JsonNode operation) {
        Map<Integer, Set<String>> answers = new TreeMap<>();
        operation.path("responses").properties().forEach(answer -> {
            Set<String> types = new TreeSet<>();
            resolve(answer.getValue()).path("content").fieldNames().forEachRemaining(types::add);
            answers.put(Integer.valueOf(answer.getKey()), types);
        });
        return answers;
    }

    private static List<String> schemes(JsonNode operation) {
        List<String> schemes = new ArrayList<>();
        operation.path("security").forEach(scheme -> scheme.fieldNames().forEachRemaining(schemes::add));
        return schemes;
    }

    /** What a reference leads to; anything else is itself. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode() ? node : resolve(root.at(reference.asText().substring(1)));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
