package org.machineregistry.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NaturalOrderTest {
    /** As the database compares with collation "C": by code points. */
    private static final Comparator<String> BY_CODE_POINTS = (one, other) -> Arrays
            .compare(one.codePoints().toArray(), other.codePoints().toArray());

    static List<List<String>> names() throws IOException {
        return NamesInOrder.groups();
    }

    @ParameterizedTest
    @MethodSource("names")
    void names_that_differ_in_case_or_leading_zeros_alone_have_one_key(List<String> equal) {
        assertThat(equal.stream().map(NaturalOrderTest::key).distinct()).hasSize(1);
    }

    @Test
    void keys_are_in_the_order_of_their_names() throws IOException {
        List<String> keys = names().stream().map(equal -> key(equal.get(0))).toList();

        assertThat(keys).isSortedAccordingTo(BY_CODE_POINTS).doesNotHaveDuplicates();
    }

    @Test
    void a_key_is_at_most_twice_as_long_as_its_name() {
        assertThat(NaturalOrder.keyOf("1a".repeat(150))).hasSize(450);
        assertThat(NaturalOrder.keyOf("1".repeat(300))).hasSizeLessThan(600);
    }

    private static String key(String name) {
        return NaturalOrder.keyOf(NaturalOrder.withoutCase(name));
    }
}
