package org.machineregistry.machine;

import java.util.stream.Stream;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a machine is offline. */
public enum OfflineReason {
    NEVER_CONNECTED("never_connected"),
    /** It said so. */
    DISCONNECTED("disconnected"),
    /** Its socket broke and did not come back. */
    CONNECTION_LOST("connection_lost"),
    /** Nothing was heard of it for its ttl. */
    MISSED_HEARTBEATS("missed_heartbeats");

    @JsonValue
    public final String label;

    OfflineReason(String label) {
        this.label = label;
    }

    /** @return null for a machine that is online, and for a reason that only a newer version of the service knows */
    public static OfflineReason of(String label) {
        return Stream.of(values()).filter(reason -> reason.label.equals(label)).findFirst().orElse(null);
    }

    /** Reads what a newer version may have written, where Hibernate's own mapping would fail for the whole row. */
    @Converter
    static final class Column implements AttributeConverter<OfflineReason, String> {
        @Override
        public String convertToDatabaseColumn(OfflineReason reason) {
            return reason == null ? null : reason.label;
        }

        @Override
        public OfflineReason convertToEntityAttribute(String label) {
            return of(label);
        }
    }
}
