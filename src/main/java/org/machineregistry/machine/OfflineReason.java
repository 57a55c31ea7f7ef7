package org.machineregistry.machine;

import java.util.Locale;

import jakarta.persistence.EnumeratedValue;

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
    @EnumeratedValue
    final String label;

    OfflineReason(String label) {
        this.label = label;
    }

    /** Null for a machine that is online. */
    static OfflineReason of(String label) {
        return label == null ? null : valueOf(label.toUpperCase(Locale.ROOT));
    }
}
