package org.machineregistry.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The packaged service, and all that anybody can think of saying to it. */
class FuzzIT {
    @Test
    void whatever_is_said_the_service_answers_as_it_promises_and_keeps_nothing() throws Exception {
        FuzzRun run = new FuzzRun(FuzzRun.ENDLESS);

        assertThat(run.run()).as("-Dfuzz.seed=" + run.seed).isEmpty();
    }
}
