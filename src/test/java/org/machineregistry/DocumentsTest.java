package org.machineregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that names what is not there any more leads its reader astray. */
class DocumentsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/machineregistry");
    /** {@code package/Class}, {@code Class} or {@code Class.method}, as documents write them. */
    private static final Pattern NAMED = Pattern.compile("`(?:([a-z/]+)/)?([A-Z][A-Za-z]+[a-z][A-Za-z]*)(?:\\.\\w+)?`");
    /** Events of the frameworks, a method's own word, and the first letter of a sentence. */
    private static final Set<String> OTHERS = Set.of("StartupEvent", "ShutdownEvent", "ShutdownDelayInitiatedEvent",
            "HttpServerStart", "Router", "Filters");

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/glossary.md", "docs/decisions/house.md"})
    void it_names_classes_that_are_there_and_where_they_are(String document) throws IOException {
        Set<String> there = sources();
        Set<String> named = NAMED.matcher(Files.readString(Path.of(document))).results()
                .filter(name -> !OTHERS.contains(name.group(2)))
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1) + "/" + name.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isNotEmpty().allMatch(there::contains);
    }

    /** Each as {@code package/Class} and as {@code Class}, tests too. */
    private static Set<String> sources() throws IOException {
        try (Stream<Path> main = Files.walk(SOURCES);
                Stream<Path> test = Files.walk(Path.of("src/test/java/org/machineregistry"))) {
            return Stream.concat(main.map(SOURCES::relativize), test.map(Path::getFileName))
                    .map(path -> path.toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(".java"))
                    .map(path -> path.substring(0, path.length() - ".java".length()))
                    .flatMap(path -> Stream.of(path, path.substring(path.lastIndexOf('/') + 1)))
                    .collect(Collectors.toSet());
        }
    }
}
