package org.machineregistry.credential;

import io.quarkus.security.identity.SecurityIdentity;

/** A credential and the identity that it gives. */
public record KnownMachine(MachineCredential credential, SecurityIdentity identity) {
    /** The same after a newer socket of it opened. */
    KnownMachine connected(long connection) {
        return new KnownMachine(credential.connected(connection), identity);
    }

    static KnownMachine of(MachineCredential credential) {
        return new KnownMachine(credential, AgentMachine.identity(credential));
    }
}
