package org.machineregistry.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.resteasy.problem.HttpProblem;

class ListQueryTest {

    @Test
    void nothing_asked_is_everything() {
        assertThat(ListQuery.parse(null, null, null, null))
                .isEqualTo(new ListQuery(null, null, null, null, ListOrder.BY_NAME, false));
    }

    @Test
    void all_can_be_asked_at_once() {
        String after = new PageCursor(ListOrder.BY_NAME, "a", "0123456789").toString();

        assertThat(ListQuery.parse("offline", "Büro", "10", after))
                .isEqualTo(new ListQuery(MachineStatus.OFFLINE, "büro", 10,
                        new PageCursor(ListOrder.BY_NAME, "a", "0123456789"), ListOrder.BY_NAME, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000", "0010"})
    void a_page_has_1_to_1000_machines(String limit) {
        assertThat(ListQuery.parse(null, null, limit, null).limit()).isEqualTo(Integer.parseInt(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "", " 1", "1.0", "x", "99999999999", "\u0661"})
    void another_limit_is_refused(String limit) {
        assertThatThrownBy(() -> ListQuery.parse(null, null, limit, null)).isInstanceOf(HttpProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Online", "away", "online "})
    void another_status_is_refused(String status) {
        assertThatThrownBy(() -> ListQuery.parse(status, null, null, null)).isInstanceOf(HttpProblem.class);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "false", "True", "1"})
    void nothing_but_true_asks_for_those_that_flap(String flapping) {
        assertThatThrownBy(() -> ListQuery.parse(null, null, null, null).flapping(flapping))
                .isInstanceOf(HttpProblem.class);
    }
}
