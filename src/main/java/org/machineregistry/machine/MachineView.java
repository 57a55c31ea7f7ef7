package org.machineregistry.machine;

import java.time.Instant;

import io.quarkus.hibernate.orm.panache.common.ProjectedConstructor;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An entry of the list. {@code lastSeen} in milliseconds since the epoch; {@code offlineReason} is null when online. */
// Built by a query and written as JSON by hand: nothing shows the native build that it is.
@RegisterForReflection
public record MachineView(String machineId, String name, MachineStatus status, long lastSeen, int assistantCount,
        OfflineReason offlineReason) {
    @ProjectedConstructor
    MachineView(String machineId, String name, MachineStatus status, Instant lastHeartbeat, int assistantCount,
            OfflineReason offlineReason) {
        this(machineId, name, status, lastHeartbeat.toEpochMilli(), assistantCount, offlineReason);
    }
}
