package org.machineregistry.agent;

import org.machineregistry.machine.MachineCredential;

import io.quarkus.security.identity.SecurityIdentity;

/** A credential and the identity that it gives. */
record KnownMachine(MachineCredential credential, SecurityIdentity identity) {
    static KnownMachine of(MachineCredential credential) {
        return new KnownMachine(credential, AgentMachine.identity(credential));
    }
}
