package org.machineregistry.agent;

import org.machineregistry.presence.ConnectResult;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The answer to a connect: who the machine is, when to beat next, and the silence after which it counts as offline. */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
public record Connected(String machineId, String name, int heartbeatSeconds, int ttlSeconds) {
    public static Connected of(ConnectResult result) {
        return new Connected(result.machineId(), result.name(), result.interval().heartbeatSeconds(),
                result.interval().ttlSeconds());
    }
}
