package org.machineregistry.machine;

import jakarta.validation.constraints.Pattern;

/** A machine to register. Id and secret are made by the service unless the caller brings them. */
record CreateMachine(
        @MachineName String name,
        @Pattern(regexp = "[A-Za-z0-9_-]{10,64}", message = "must be 10 to 64 of A-Z a-z 0-9 _ -") String machineId,
        @Pattern(regexp = "[A-Za-z0-9_-]{21,128}", message = "must be 21 to 128 of A-Z a-z 0-9 _ -") String secret) {
    CreateMachine {
        name = name == null ? null : name.strip();
    }

    // The generated one would show the secret.
    @Override
    public String toString() {
        return "CreateMachine[" + name + "]";
    }
}
