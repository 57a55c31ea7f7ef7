package org.machineregistry.machine.registration;

/** As many machines came with an enrolment key as may. */
public final class KeyUsedUpException extends RuntimeException {
    KeyUsedUpException() {
        // Thrown to say no, not to be traced.
        super("As many machines came with this key as may", null, false, false);
    }
}
