package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** What generators of clients need of the document, beyond that it is valid. */
class DocumentTest {
    private final JsonNode document;

    DocumentTest() throws IOException {
        document = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile());
    }

    /** The normalizer of openapi-generator 7.18 reads the schema of a header where it stands, and gives up where there is none. */
    @Test
    void each_header_of_an_answer_stands_where_it_is_used() {
        assertThat(document.findValues("headers")).isNotEmpty()
                .allSatisfy(headers -> assertThat(headers).isNotEmpty()
                        .allSatisfy(header -> assertThat(header.path("schema").isObject()).isTrue()));
    }

    @Test
    void the_stream_is_typed_by_the_names_of_its_events() {
        JsonNode stream = document.at("/paths/~1api~1machines~1events/get/responses/200/content/text~1event-stream");
        assertThat(stream.at("/schema/$ref").asText()).isEqualTo("#/components/schemas/MachineEvent");

        JsonNode event = document.at("/components/schemas/MachineEvent");
        JsonNode mapping = event.at("/discriminator/mapping");
        assertThat(mapping.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("snapshot", "machine", "removed", "alive", "away", "back");
        assertThat(event.path("oneOf")).hasSize(mapping.size());
        mapping.properties().forEach(named -> {
            JsonNode schema = document.at(named.getValue().asText().substring(1));
            assertThat(schema.at("/properties/event/enum/0").asText()).isEqualTo(named.getKey());
            assertThat(schema.at("/properties/data/$ref").asText()).startsWith("#/components/schemas/");
        });
    }
}
