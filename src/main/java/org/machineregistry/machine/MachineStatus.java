package org.machineregistry.machine;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import com.fasterxml.jackson.annotation.JsonValue;

public enum MachineStatus {
    ONLINE("online"), OFFLINE("offline");

    @JsonValue
    public final String label;

    MachineStatus(String label) {
        this.label = label;
    }

    /** One that only a newer version of the service knows counts as offline. */
    public static MachineStatus of(String label) {
        return label.equals(ONLINE.label) ? ONLINE : OFFLINE;
    }

    /** Reads what a newer version may have written, where Hibernate's own mapping would fail for the whole row. */
    @Converter
    static final class Column implements AttributeConverter<MachineStatus, String> {
        @Override
        public String convertToDatabaseColumn(MachineStatus status) {
            return status.label;
        }

        @Override
        public MachineStatus convertToEntityAttribute(String label) {
            return of(label);
        }
    }
}
