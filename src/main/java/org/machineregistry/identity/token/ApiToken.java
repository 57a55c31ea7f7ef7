package org.machineregistry.identity.token;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An API token as it is shown, once; {@code expiresAt} in milliseconds since the epoch. */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
record ApiToken(String tokenId, String token, long expiresAt) {
    // The generated one would show the token.
    @Override
    public String toString() {
        return "ApiToken[" + tokenId + "]";
    }
}
