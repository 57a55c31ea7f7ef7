package org.machineregistry.machine;

import org.machineregistry.credential.Secret;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A machine's token, {@code <machineId>:<secret>}: shown this once. */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
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
