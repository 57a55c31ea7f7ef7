package org.machineregistry.presence;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The times that a machine is told: when to beat next, and the silence after which it counts as offline. */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
public record HeartbeatInterval(int heartbeatSeconds, int ttlSeconds) {}
