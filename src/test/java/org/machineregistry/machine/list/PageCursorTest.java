package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.http.HttpProblem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

class PageCursorTest {
    private static final String LAST = """
            {"machineId":"0123456789","name":"BOX","statusSince":1000,"lastSeen":2000}""";

    @ParameterizedTest
    @ValueSource(strings = {"a", "büro 1", "\uD83D\uDDA5", "a/b+c=d", " x "})
    void a_cursor_comes_back_as_it_was_given(String name) {
        PageCursor cursor = new PageCursor(ListOrder.BY_NAME, name, "0123456789");

        assertThat(PageCursor.parse(ListOrder.BY_NAME, cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void a_cursor_is_the_place_of_the_last_machine_of_a_page() throws JsonProcessingException {
        MachineView last = new ObjectMapper().readValue(LAST, MachineView.class);

        assertThat(PageCursor.of(ListOrder.BY_NAME, last))
                .isEqualTo(new PageCursor(ListOrder.BY_NAME, "box", "0123456789"));
    }

    @Test
    void a_cursor_that_no_name_can_have_is_refused() {
        String longest = new PageCursor(ListOrder.BY_NAME, "x".repeat(300), "i".repeat(64)).toString();
        String tooLong = new PageCursor(ListOrder.BY_NAME, "x".repeat(301), "i".repeat(64)).toString();

        assertThat(PageCursor.parse(ListOrder.BY_NAME, longest)).hasToString(longest);
        assertThatThrownBy(() -> PageCursor.parse(ListOrder.BY_NAME, tooLong)).isInstanceOf(HttpProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "YWJj", "Cg", "gICA", "YQBiCmM", "äöü"})
    void what_is_no_cursor_is_refused(String text) {
        assertThatThrownBy(() -> PageCursor.parse(ListOrder.BY_NAME, text)).isInstanceOfSatisfying(HttpProblem.class,
                problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-name", "statusSince", "-statusSince", "lastSeen", "-lastSeen"})
    void a_cursor_is_of_one_order_alone(String sort) throws JsonProcessingException {
        ListOrder order = ListOrder.parse(sort);
        MachineView last = new ObjectMapper().readValue(LAST, MachineView.class);
        PageCursor cursor = PageCursor.of(order, last);

        assertThat(PageCursor.parse(order, cursor.toString())).isEqualTo(cursor);
        assertThatThrownBy(() -> PageCursor.parse(ListOrder.BY_NAME, cursor.toString()))
                .isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> PageCursor.parse(new ListOrder(order.key(), !order.descending()), cursor.toString()))
                .isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> PageCursor.parse(order, PageCursor.of(ListOrder.BY_NAME, last).toString()))
                .isInstanceOf(HttpProblem.class);
    }

    @Test
    void a_place_in_time_is_a_number() {
        ListOrder order = ListOrder.parse("lastSeen");
        String text = new PageCursor(order, "soon", "0123456789").toString();

        assertThatThrownBy(() -> PageCursor.parse(order, text)).isInstanceOf(HttpProblem.class);
    }
}
