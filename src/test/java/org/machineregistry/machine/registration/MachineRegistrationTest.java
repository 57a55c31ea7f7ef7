package org.machineregistry.machine.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.machine.MachineRegistration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

class MachineRegistrationTest {

    @Test
    void a_secret_that_is_asked_for_or_given_is_not_shown_by_accident() throws JsonProcessingException {
        MachineRegistration registration = MachineRegistration.of("0123456789", new SecretGenerator().secret());
        CreateMachine request = new ObjectMapper().readValue("""
                {"name":"a","machineId":"0123456789","secret":"mrs_secret"}""", CreateMachine.class);

        assertThat(registration + " " + request).doesNotContain("mrs_");
    }
}
