package org.machineregistry.change;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happened to which machine. It says no more, because a reader wants the newest row, not this one.
 *
 * @param owner who sees it
 * @param connection the number of the new connection; 0 for other kinds
 */
public record Change(Kind kind, String owner, String machineId, long connection) {
    /** By its name it is told to replicas of other versions, which run beside this one while the service is updated. */
    public enum Kind {
        /** Registered. */
        CREATED("created"),
        /** Renamed, or said something new about itself. */
        UPDATED("updated"), ONLINE("online"), OFFLINE("offline"),
        /** Deleted: its token is no longer good. */
        REMOVED("removed"),
        /** Its secrets are others now. */
        ROTATED("rotated"),
        /** A newer socket took over. */
        CONNECTED("connected");

        private static final Map<String, Kind> BY_NAME = Stream.of(values())
                .collect(Collectors.toUnmodifiableMap(kind -> kind.label, kind -> kind));

        final String label;

        Kind(String label) {
            this.label = label;
        }

        /** @return empty for one that this version does not know */
        static Optional<Kind> of(String label) {
            return Optional.ofNullable(BY_NAME.get(label));
        }
    }

    public Change(Kind kind, String owner, String machineId) {
        this(kind, owner, machineId, 0);
    }

    /** Whether the machine's entry in the list may look different now. */
    public boolean isVisible() {
        return kind != Kind.ROTATED && kind != Kind.CONNECTED;
    }
}
