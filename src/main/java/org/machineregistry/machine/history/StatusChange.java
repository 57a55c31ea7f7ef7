package org.machineregistry.machine.history;

import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.OfflineReason;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A change of a machine's status.
 *
 * @param at milliseconds since the epoch
 * @param offlineReason null when online
 */
@RegisterForReflection
record StatusChange(long at, MachineStatus status, OfflineReason offlineReason) {
    private static final int AT = 0;
    private static final int STATUS = 1;
    private static final int REASON = 2;

    /** Reads what stands in the row: {@code 1795450000000 offline disconnected}. */
    static StatusChange parse(String text) {
        String[] parts = text.split(" ");
        return new StatusChange(Long.parseLong(parts[AT]), MachineStatus.of(parts[STATUS]),
                parts.length > REASON ? OfflineReason.of(parts[REASON]) : null);
    }
}
