package org.machineregistry.machine;

import java.time.Instant;

import io.quarkus.hibernate.orm.panache.common.ProjectedConstructor;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An entry of the list and whose list it is. */
// Built by a query: nothing shows the native build that it is.
@RegisterForReflection
public record OwnedView(String owner, MachineView machine) {
    @ProjectedConstructor
    OwnedView(String owner, String machineId, String name, MachineStatus status, Instant lastHeartbeat,
            int assistantCount,
            OfflineReason offlineReason) {
        this(owner, new MachineView(machineId, name, status, lastHeartbeat, assistantCount, offlineReason));
    }
}
