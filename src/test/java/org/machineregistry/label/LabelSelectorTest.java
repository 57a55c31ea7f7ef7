package org.machineregistry.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.http.HttpProblem;

class LabelSelectorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '"', value = {
            "env                      | env                  | null         | false",
            "!gpu                     | gpu                  | null         | true",
            "env=prod                 | env                  | prod         | false",
            "zone!=eu                 | zone                 | eu           | true",
            "env=                     | env                  | \"\"         | false",
            "env!=                    | env                  | \"\"         | true",
            "a=b=c                    | a                    | b=c          | false",
            "a=b!=c                   | a                    | b!=c         | false",
            "a!=b=c                   | a                    | b=c          | true",
            "a=!b                     | a                    | !b           | false",
            "example.com/role_1-x=Web | example.com/role_1-x | Web          | false",
            "machine                  | machine              | null         | false",
            "machine.os=Linux 6.1     | machine.os           | Linux 6.1    | false",
            "machine.agentVersion!=2  | machine.agentVersion | 2            | true",
            "!machine.hostname        | machine.hostname     | null         | true"})
    void a_selector_is_understood(String text, String key, String value, boolean negated) {
        assertThat(LabelSelector.parse(text)).isEqualTo(new LabelSelector(key, value, negated)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "=", "!=", "=a", "!=a", "!a=b", "!!a", "Env=prod", "a b", "a\u00e4", "machine.",
            "machine.x=1", "machine.OS", "machine.agentversion", "a=\u0001", "a=b\u202e", "a,b"})
    void what_is_no_selector_is_refused(String text) {
        assertThatThrownBy(() -> LabelSelector.parse(text)).isInstanceOfSatisfying(HttpProblem.class,
                problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void keys_and_values_have_63_characters_at_most() {
        String longest = "k".repeat(63) + "=" + "\uD83D\uDDA5".repeat(63);

        assertThat(LabelSelector.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> LabelSelector.parse("k" + longest)).isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> LabelSelector.parse(longest + "v")).isInstanceOf(HttpProblem.class);
    }

    @Test
    void a_value_is_compared_as_it_is_stored() {
        assertThat(LabelSelector.parse("place=Bu\u0308ro ")).isEqualTo(LabelSelector.parse("place=B\u00fcro"));
    }

    @Test
    void a_selection_has_32_selectors_at_most() {
        List<String> most = new ArrayList<>(Collections.nCopies(32, "a"));
        assertThat(LabelSelection.parse(most).selectors()).hasSize(1);

        most.add("b");

        assertThatThrownBy(() -> LabelSelection.parse(most)).isInstanceOf(HttpProblem.class);
        assertThat(LabelSelection.parse(null)).isEqualTo(LabelSelection.ALL);
    }
}
