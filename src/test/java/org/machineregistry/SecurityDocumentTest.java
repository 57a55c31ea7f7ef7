package org.machineregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What docs/security.md says is shown by a test is shown by one that there is. */
class SecurityDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/security.md");
    private static final Path TESTS = Path.of("src/test/java/org/machineregistry");
    private static final Pattern TEST = Pattern.compile("`((?:\\w+/)?\\w+(?:Test|IT))`");
    private static final int CHAPTERS = 17;

    @Test
    void each_test_that_it_names_exists() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(DOCUMENT)).results().map(found -> found.group(1))
                .collect(Collectors.toSet());

        try (Stream<Path> files = Files.walk(TESTS)) {
            Set<String> existing = files.map(file -> TESTS.relativize(file).toString().replaceFirst("\\.java$", ""))
                    .flatMap(name -> Stream.of(name, name.substring(name.lastIndexOf('/') + 1)))
                    .collect(Collectors.toSet());

            assertThat(named).hasSizeGreaterThan(20).isSubsetOf(existing);
        }
    }

    @Test
    void each_chapter_of_the_standard_is_in_it() throws IOException {
        Matcher chapters = Pattern.compile("(?m)^\\| \\*\\*V(\\d+) ").matcher(Files.readString(DOCUMENT));

        assertThat(chapters.results().map(chapter -> Integer.valueOf(chapter.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, CHAPTERS).boxed().toList());
    }
}
