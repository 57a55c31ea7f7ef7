package org.machineregistry.agent;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A machine asks to be let in, from this address. */
final class MachineAuthenticationRequest extends BaseAuthenticationRequest {
    final MachineToken token;
    final String address;

    MachineAuthenticationRequest(MachineToken token, String address) {
        this.token = token;
        this.address = address;
    }
}
