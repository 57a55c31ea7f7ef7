package org.machineregistry.machine;

/** An entry of the list. {@code lastSeen} in milliseconds since the epoch; {@code offlineReason} is null when online. */
public record MachineView(String machineId, String name, MachineStatus status, long lastSeen, int assistantCount,
        OfflineReason offlineReason) {}
