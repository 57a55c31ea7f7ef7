package org.machineregistry.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Holds what the build ships, as its bill of materials says, against the list of versions with published holes. */
class KnownHolesIT {
    private static final Path BILL_OF_MATERIALS = Path.of("target/bom.json");
    private static final Path LIST = Path.of("config/known-holes.csv");
    private static final int COLUMNS = 5;

    private record Hole(String group, String artifact, String mendedIn, String identifiers, String whyNotReached) {
        static Hole of(String line) {
            String[] columns = line.split(",", COLUMNS);
            assertThat(columns).as(line).hasSize(COLUMNS);
            return new Hole(columns[0], columns[1], columns[2], columns[3], columns[4]);
        }

        boolean isOf(JsonNode component) {
            return group.equals(component.path("group").asText())
                    && (artifact.equals("*") || artifact.equals(component.path("name").asText()));
        }

        boolean isIn(JsonNode component) {
            return isOf(component) && isBefore(component.path("version").asText(), mendedIn);
        }
    }

    @Test
    void nothing_is_shipped_with_a_known_hole_that_is_reached() throws IOException {
        List<String> shipped = new ArrayList<>();
        for (JsonNode component : components()) {
            for (Hole hole : holes()) {
                if (hole.isIn(component) && hole.whyNotReached().isBlank()) {
                    shipped.add(component.path("name").asText() + " " + component.path("version").asText() + ": "
                            + hole.identifiers());
                }
            }
        }

        assertThat(shipped).isEmpty();
    }

    @Test
    void each_hole_of_the_list_is_of_something_that_is_shipped() throws IOException {
        List<JsonNode> components = components();

        assertThat(holes()).isNotEmpty().allMatch(hole -> components.stream().anyMatch(hole::isOf));
    }

    @Test
    void what_is_excused_is_still_shipped() throws IOException {
        List<JsonNode> components = components();

        assertThat(holes()).filteredOn(hole -> !hole.whyNotReached().isBlank())
                .allMatch(hole -> components.stream().anyMatch(hole::isIn));
    }

    @ParameterizedTest
    @CsvSource({"4.1.133.Final, 4.1.137.Final, true", "4.1.137.Final, 4.1.137.Final, false", "2.21, 2.21.8, true",
            "3.33.2, 3.33.2.1, true", "3.33.10, 3.33.9, false", "42.7.14, 42.7.9, false"})
    void versions_are_compared_number_by_number(String version, String other, boolean before) {
        assertThat(isBefore(version, other)).isEqualTo(before);
    }

    private static List<JsonNode> components() throws IOException {
        List<JsonNode> components = new ArrayList<>();
        new ObjectMapper().readTree(BILL_OF_MATERIALS.toFile()).path("components").forEach(components::add);
        assertThat(components).isNotEmpty();
        return components;
    }

    private static List<Hole> holes() throws IOException {
        return Files.readAllLines(LIST).stream().filter(line -> !line.startsWith("#")).map(Hole::of).toList();
    }

    private static boolean isBefore(String version, String other) {
        String[] numbers = version.split("\\.");
        String[] others = other.split("\\.");
        for (int i = 0; i < Math.max(numbers.length, others.length); i++) {
            int difference = Integer.compare(number(numbers, i), number(others, i));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    /** What is no number, such as "Final", comes with each version of its kind and orders nothing. */
    private static int number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d+") ? Integer.parseInt(parts[index]) : 0;
    }
}
