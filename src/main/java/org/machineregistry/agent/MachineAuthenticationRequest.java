package org.machineregistry.agent;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A machine asks to be let in, from this address. */
final class MachineAuthenticationRequest extends BaseAuthenticationRequest {
    final MachineToken token;
    final long network;

    MachineAuthenticationRequest(MachineToken token, long network) {
        this.token = token;
        this.network = network;
    }
}
