package org.machineregistry.credential;

import java.security.Principal;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** The machine that makes a request; made once a credential, not once a request. */
public record AgentMachine(String machineId) implements Principal {
    /** The role of resources for machines. */
    public static final String ROLE = "machine";

    static SecurityIdentity identity(MachineCredential credential) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new AgentMachine(credential.machineId()))
                .addRole(ROLE)
                .build();
    }

    @Override
    public String getName() {
        return machineId;
    }
}
