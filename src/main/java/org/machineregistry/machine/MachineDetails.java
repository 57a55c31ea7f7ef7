package org.machineregistry.machine;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One machine with all that it told. Times in milliseconds since the epoch; what the machine did not say yet is null, but for
 * {@code sharedBy}, which is left out where one host alone uses the token, and {@code removedAt}, which is left out where the machine
 * will not be removed.
 *
 * @param metadata the JSON object that the machine told
 * @param assistants the JSON array of those that run; empty while the machine is offline
 */
record MachineDetails(String machineId, String name, MachineStatus status, long statusSince,
        long lastSeen, int assistantCount,
        OfflineReason offlineReason, long createdAt, String rootDirectory, String hostname, String os,
        String arch, String user, String address, String agentVersion, @JsonRawValue String assistants,
        @JsonRawValue String metadata, String owner, Integer alertAfterSeconds, Integer removeAfterSeconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long removedAt, String enrolledWith,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> sharedBy,
        @JsonRawValue String labels) {
    private static final String NO_ASSISTANTS = "[]";

    static MachineDetails of(Machine machine) {
        boolean isOnline = machine.status == MachineStatus.ONLINE;
        return new MachineDetails(machine.machineId, machine.name, machine.status, machine.statusSince.toEpochMilli(),
                machine.lastHeartbeat.toEpochMilli(),
                isOnline ? machine.assistantCount : 0, machine.offlineReason,
                machine.createdAt.toEpochMilli(), machine.rootDirectory,
                machine.hostname, machine.os, machine.arch, machine.user, machine.address, machine.agentVersion,
                isOnline && machine.assistants != null ? machine.assistants : NO_ASSISTANTS, machine.metadata,
                machine.owner, machine.alertAfterSeconds, machine.removeAfterSeconds,
                machine.removedAt == null ? null : machine.removedAt.toEpochMilli(), machine.enrolledWith,
                SharedToken.hostsOf(machine), machine.labels);
    }
}
