package org.machineregistry.machine;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a machine is offline. */
public enum OfflineReason {
    NEVER_CONNECTED("never_connected", "it never connected"),
    /** It said so. */
    DISCONNECTED("disconnected", "it said goodbye"),
    /** Its socket broke and did not come back. */
    CONNECTION_LOST("connection_lost", "its connection broke"),
    /** Nothing was heard of it for its ttl. */
    MISSED_HEARTBEATS("missed_heartbeats", "it went silent");

    @JsonValue
    public final String label;
    /** The reason as people read it. */
    public final String words;

    OfflineReason(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** @return null for a machine that is online, and for a reason that only a newer version of the service knows */
    public static OfflineReason of(String label) {
        // Once for each row of each list, where a stream would be seen.
        for (OfflineReason reason : values()) {
            if (reason.label.equals(label)) {
                return reason;
            }
        }
        return null;
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
