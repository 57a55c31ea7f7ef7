package org.machineregistry.enrolment;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An enrolment key as it is shown, once; {@code expiresAt} in milliseconds since the epoch. */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
record EnrolmentKey(String keyId, String key, long expiresAt) {
    // The generated one would show the key.
    @Override
    public String toString() {
        return "EnrolmentKey[" + keyId + "]";
    }
}
