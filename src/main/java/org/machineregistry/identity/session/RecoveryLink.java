package org.machineregistry.identity.session;

import org.machineregistry.address.ServiceAddress;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A link to the page that makes whoever opens it the person who it is of. What says so is behind a {@code #}, which browsers send to
 * nobody, so that no log and no other site sees it.
 */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
record RecoveryLink(String url) {
    static RecoveryLink at(ServiceAddress address, String jwt) {
        return new RecoveryLink(address + "/app#recover=" + jwt);
    }

    @Override
    public String toString() {
        return "A recovery link";
    }
}
