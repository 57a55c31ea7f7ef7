package org.machineregistry.machine;

import jakarta.persistence.EnumeratedValue;

import com.fasterxml.jackson.annotation.JsonValue;

public enum MachineStatus {
    ONLINE("online"), OFFLINE("offline");

    @JsonValue
    @EnumeratedValue
    final String label;

    MachineStatus(String label) {
        this.label = label;
    }

    static MachineStatus of(String label) {
        return label.equals(ONLINE.label) ? ONLINE : OFFLINE;
    }
}
