package org.machineregistry.machine;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An entry of the list. {@code lastSeen} in milliseconds since the epoch; {@code offlineReason} is null when online. */
// Written as JSON by hand: nothing shows the native build that it is.
@RegisterForReflection
public record MachineView(String machineId, String name, MachineStatus status, long lastSeen, int assistantCount,
        OfflineReason offlineReason) {}
