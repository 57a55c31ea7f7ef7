package org.machineregistry.machine;

import org.machineregistry.credential.Secret;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A machine that is registered, or has a new secret.
 *
 * @param token {@code <machineId>:<secret>}, shown this once; null where the machine alone knows its secret
 */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachineRegistration(String machineId, String token) {
    public static MachineRegistration of(String machineId, Secret secret) {
        return new MachineRegistration(machineId, secret.tokenOf(machineId));
    }

    // The generated one would show the token.
    @Override
    public String toString() {
        return "MachineRegistration[" + machineId + "]";
    }
}
