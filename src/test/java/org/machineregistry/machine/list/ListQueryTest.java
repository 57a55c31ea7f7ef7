package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.label.LabelSelection;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.selection.Selection;

class ListQueryTest {

    @Test
    void nothing_asked_is_everything() {
        assertThat(ListQuery.parse(Selection.ALL, null, null, ListOrder.BY_NAME))
                .isEqualTo(new ListQuery(Selection.ALL, null, null, ListOrder.BY_NAME, ListFormat.JSON));
    }

    @Test
    void all_can_be_asked_at_once() {
        String after = new PageCursor(ListOrder.BY_NAME, "a", "0123456789").toString();

        Selection selection = new Selection(MachineStatus.OFFLINE, "büro", true,
                LabelSelection.parse(List.of("env=prod")), null);

        assertThat(ListQuery.parse(selection, "10", after, ListOrder.BY_NAME)).isEqualTo(new ListQuery(selection, 10,
                new PageCursor(ListOrder.BY_NAME, "a", "0123456789"), ListOrder.BY_NAME, ListFormat.JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000", "0010"})
    void a_page_has_1_to_1000_machines(String limit) {
        assertThat(ListQuery.parse(Selection.ALL, limit, null, ListOrder.BY_NAME).limit())
                .isEqualTo(Integer.parseInt(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "", " 1", "1.0", "x", "99999999999", "\u0661"})
    void another_limit_is_refused(String limit) {
        assertThatThrownBy(() -> ListQuery.parse(Selection.ALL, limit, null, ListOrder.BY_NAME))
                .isInstanceOf(HttpProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "Name", "--name", "status", "name,lastSeen", "assistantCount"})
    void another_order_is_refused(String sort) {
        assertThatThrownBy(() -> ListOrder.parse(sort)).isInstanceOf(HttpProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "statusSince", "-statusSince", "lastSeen", "-lastSeen"})
    void an_order_comes_back_as_it_was_given(String sort) {
        assertThat(ListOrder.parse(sort)).hasToString(sort);
    }
}
