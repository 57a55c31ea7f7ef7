package org.machineregistry.adoption;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param machines how many the caller had in this browser before signing in, or how many have come along */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
record EarlierMachines(long machines) {}
