package org.machineregistry.machine.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import jakarta.ws.rs.core.MultivaluedHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.label.LabelSelection;
import org.machineregistry.machine.MachineStatus;

class SelectionTest {

    @Test
    void nothing_asked_is_everything() {
        assertThat(Selection.parse(new MultivaluedHashMap<>())).isEqualTo(Selection.ALL);
    }

    @Test
    void all_can_be_asked_at_once() {
        assertThat(Selection.parse("offline", "Büro", "true", List.of("env=prod")))
                .isEqualTo(new Selection(MachineStatus.OFFLINE, "büro", true, LabelSelection.parse(List.of("env=prod")),
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Online", "away", "online "})
    void another_status_is_refused(String status) {
        assertThatThrownBy(() -> Selection.parse(status, null, null, null)).isInstanceOf(HttpProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false", "True", "1"})
    void nothing_but_true_asks_for_those_that_flap(String flapping) {
        assertThatThrownBy(() -> Selection.parse(null, null, flapping, null))
                .isInstanceOf(HttpProblem.class);
    }
}
