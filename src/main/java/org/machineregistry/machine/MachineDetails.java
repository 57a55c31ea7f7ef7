package org.machineregistry.machine;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One machine with all that it told. Times in milliseconds since the epoch; what the machine did not say yet is null, but for
 * {@code sharedBy}, which is left out where one host alone uses the token.
 */
record MachineDetails(String machineId, String name, MachineStatus status, long statusSince,
        long lastSeen, int assistantCount,
        OfflineReason offlineReason, long createdAt, String rootDirectory, String hostname, String os,
        String agentVersion, String owner, Integer alertAfterSeconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> sharedBy,
        @JsonRawValue String labels) {
    static MachineDetails of(Machine machine) {
        return new MachineDetails(machine.machineId, machine.name, machine.status, machine.statusSince.toEpochMilli(),
                machine.lastHeartbeat.toEpochMilli(),
                machine.status == MachineStatus.ONLINE ? machine.assistantCount : 0, machine.offlineReason,
                machine.createdAt.toEpochMilli(), machine.rootDirectory,
                machine.hostname, machine.os, machine.agentVersion, machine.owner, machine.alertAfterSeconds,
                SharedToken.hostsOf(machine), machine.labels);
    }
}
