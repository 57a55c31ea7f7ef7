package org.machineregistry.identity.session;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Where somebody who has signed out here can sign out at the OpenID provider as well. */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
record SignedOut(String signOutUrl) {}
