package org.machineregistry.machine;

/** One machine with all that it told. Times in milliseconds since the epoch; what the machine did not say yet is null. */
record MachineDetails(String machineId, String name, MachineStatus status, long lastSeen, int assistantCount,
        OfflineReason offlineReason, long createdAt, String rootDirectory, String hostname, String os,
        String agentVersion) {
    static MachineDetails of(Machine machine) {
        return new MachineDetails(machine.machineId, machine.name, machine.status, machine.lastHeartbeat.toEpochMilli(),
                machine.assistantCount, machine.offlineReason, machine.createdAt.toEpochMilli(), machine.rootDirectory,
                machine.hostname, machine.os, machine.agentVersion);
    }
}
