package org.machineregistry.machine;

/** A machine's token, {@code <machineId>:<secret>}: shown this once. */
record MachineRegistration(String machineId, String token) {
    static MachineRegistration of(String machineId, Secret secret) {
        return new MachineRegistration(machineId, secret.tokenOf(machineId));
    }

    // The generated one would show the token.
    @Override
    public String toString() {
        return "MachineRegistration[" + machineId + "]";
    }
}
