package org.machineregistry.machine.registration;

import java.util.List;

import org.machineregistry.http.Problems.Violation;

/** Somebody has a machine with this id; whose it is stays untold. */
class MachineIdTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient List<Violation> violations;

    /** It was the only id. */
    MachineIdTakenException() {
        this(List.of());
    }

    /** @param violations which of several ids are taken */
    MachineIdTakenException(List<Violation> violations) {
        this.violations = violations;
    }
}
