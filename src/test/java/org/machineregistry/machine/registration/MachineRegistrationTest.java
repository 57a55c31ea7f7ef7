package org.machineregistry.machine.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.machine.MachineRegistration;

class MachineRegistrationTest {

    @Test
    void a_secret_that_is_asked_for_or_given_is_not_shown_by_accident() {
        MachineRegistration registration = MachineRegistration.of("0123456789", new SecretGenerator().secret());
        CreateMachine request = new CreateMachine("a", "0123456789", "mrs_secret", null, null, null, null, null);

        assertThat(registration + " " + request).doesNotContain("mrs_");
    }
}
