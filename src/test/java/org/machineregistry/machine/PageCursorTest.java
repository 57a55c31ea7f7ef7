package org.machineregistry.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.resteasy.problem.HttpProblem;

class PageCursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "büro 1", "\uD83D\uDDA5", "a/b+c=d", " x "})
    void a_cursor_comes_back_as_it_was_given(String name) {
        PageCursor cursor = new PageCursor(name, "0123456789");

        assertThat(PageCursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void a_cursor_is_the_place_of_the_last_machine_of_a_page() {
        MachineView last = new MachineView("0123456789", "BOX", MachineStatus.OFFLINE, 0L, 0L, 0, null, "ada", null);

        assertThat(PageCursor.of(last)).isEqualTo(new PageCursor("box", "0123456789"));
    }

    @Test
    void a_cursor_that_no_name_can_have_is_refused() {
        String longest = new PageCursor("x".repeat(300), "i".repeat(64)).toString();
        String tooLong = new PageCursor("x".repeat(301), "i".repeat(64)).toString();

        assertThat(PageCursor.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> PageCursor.parse(tooLong)).isInstanceOf(HttpProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "YWJj", "Cg", "gICA", "YQBiCmM", "äöü"})
    void what_is_no_cursor_is_refused(String text) {
        assertThatThrownBy(() -> PageCursor.parse(text)).isInstanceOfSatisfying(HttpProblem.class,
                problem -> assertThat(problem.getStatusCode()).isEqualTo(400));
    }
}
