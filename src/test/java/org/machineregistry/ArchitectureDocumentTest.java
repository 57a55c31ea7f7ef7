package org.machineregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what the documents say of classes and of the events that they observe to the sources. */
class ArchitectureDocumentTest {
    private static final Path SOURCES = Path.of("src/main/java/org/machineregistry");
    private static final Path DOCUMENT = Path.of("docs/architecture.md");
    /** A class in code quotes, with or without its package and a method. */
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+/)*([A-Z][a-z]\\w+)(?:\\.\\w+)?`");
    private static final Pattern OBSERVED = Pattern
            .compile("@Observes(?:Async)?(?:\\([^)]*\\))?(?: @\\w+\\(\\w+\\))? (\\w+) ");
    /** Of Quarkus, and so in no source of this project. */
    private static final Set<String> FOREIGN = Set.of("StartupEvent", "ShutdownEvent", "ShutdownDelayInitiatedEvent",
            "HttpServerStart", "Router", "Filters");

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/glossary.md"})
    void each_class_that_a_document_names_exists(String document) throws IOException {
        Set<String> named = matches(CLASS, Files.readString(Path.of(document)));
        named.removeAll(FOREIGN);

        assertThat(named).isNotEmpty().allMatch(ArchitectureDocumentTest::isClass);
    }

    @Test
    void each_observer_is_named_beside_its_event() throws IOException {
        for (Path source : sources()) {
            for (String event : matches(OBSERVED, Files.readString(source))) {
                assertThat(rowsOf(event)).as(event).contains(simpleName(source) + "`");
            }
        }
    }

    @Test
    void the_events_of_the_document_are_found_in_the_sources() throws IOException {
        Set<String> observed = new TreeSet<>();
        for (Path source : sources()) {
            observed.addAll(matches(OBSERVED, Files.readString(source)));
        }

        assertThat(observed).containsAll(FOREIGN).contains("Announced", "Changes", "Resync");
    }

    /** The rows of the table from the one of this event to that of the next. */
    private static String rowsOf(String event) throws IOException {
        String row = "| `" + event + "` |";
        return Files.readAllLines(DOCUMENT)
                .stream()
                .dropWhile(line -> !line.startsWith(row))
                .takeWhile(line -> line.startsWith(row) || line.startsWith("| |"))
                .collect(Collectors.joining("\n"));
    }

    private static boolean isClass(String name) {
        try {
            return sources().stream().anyMatch(source -> simpleName(source).equals(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String simpleName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(ArchitectureDocumentTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MatchResult match) {
        return match.group(1);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
