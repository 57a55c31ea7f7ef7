package org.machineregistry.machine.list;

import java.util.List;

import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.OfflineReason;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An entry of the list.
 *
 * @param statusSince when the status last changed, in milliseconds since the epoch
 * @param lastSeen milliseconds since the epoch
 * @param offlineReason null when online
 * @param labels a JSON object, as the database has it: lists are written far too often to read it first
 * @param owner a person's id, or a team such as {@code team:ops}
 * @param removedAt when it will be removed unless it comes back, in milliseconds since the epoch; null, and left out, where it will not
 * @param sharedBy the hosts that use the machine's token at the same time; null, and left out, where it is one host
 * @param agentVersion as the machine told it; null, and left out, while it did not
 * @param alertAfterSeconds for how long it may be offline until somebody is told; null, and left out, where nobody is
 */
// Written as JSON by hand: nothing shows the native build that it is.
@RegisterForReflection
public record MachineView(String machineId, String name, MachineStatus status, long statusSince,
        long lastSeen, int assistantCount,
        OfflineReason offlineReason, String owner, @JsonInclude(JsonInclude.Include.NON_NULL) Long removedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> sharedBy,
        @JsonRawValue String labels, @JsonInclude(JsonInclude.Include.NON_NULL) String agentVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer alertAfterSeconds) {}
