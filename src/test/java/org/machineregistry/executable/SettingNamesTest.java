package org.machineregistry.executable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import io.smallrye.config.PropertyName;

/** What is quicker in the executable, beside the platform's own. */
class SettingNamesTest {

    private static final List<String> SEGMENTS = List.of("a", "ab", "b", "*", "\"x.a\"", "\"\"", "a[0]", "b[*]",
            "c\\.a");
    private static final List<String> NAMES = Stream
            .of(Stream.of(""), SEGMENTS.stream(), longer(SEGMENTS),
                    longer(longer(SEGMENTS).toList()))
            .flatMap(names -> names).toList();

    // What the platform looks for are names in its code, and stars.
    private static final List<String> MAPPED = List.of("a", "ab", "b", "a-b", "*", "a[*]");

    @Test
    void the_same_names_are_equal() {
        assertThat(NAMES.stream()
                .flatMap(name -> NAMES.stream()
                        .filter(other -> SettingNames.equals(name, other) != PropertyName.equals(name, other))
                        .map(other -> name + " and " + other)))
                .isEmpty();
        assertThat(NAMES.stream().filter(name -> SettingNames.equals("a.*.b", name)).count()).isGreaterThan(3);
    }

    @Test
    void the_same_segments_are_mapped() {
        assertThat(NAMES.stream()
                .flatMap(name -> MAPPED.stream()
                        .filter(segment -> !answers(name, segment, SettingSegments::isMapped)
                                .equals(answers(name, segment, PropertiesUtil::isMapped)))
                        .map(segment -> name + " and " + segment)))
                .isEmpty();
        assertThat(answers("ab.a.*.b", "a", SettingSegments::isMapped)).containsExactly(false, true, true, false);
    }

    private static Stream<String> longer(List<String> names) {
        return names.stream().flatMap(name -> SEGMENTS.stream().map(segment -> name + "." + segment));
    }

    /** Of each segment of the name, from its first. */
    private static List<Boolean> answers(String name, String segment, BiPredicate<NameIterator, String> isMapped) {
        List<Boolean> answers = new ArrayList<>();
        for (NameIterator iterator = new NameIterator(name); iterator.hasNext(); iterator.next()) {
            answers.add(isMapped.test(iterator, segment));
        }
        return answers;
    }
}
