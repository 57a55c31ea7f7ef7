package org.machineregistry.change;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An event of one machine or session. It says no more, because a reader wants the newest row, not this one.
 *
 * @param owner who sees it; whose session it is
 * @param machineId of a revocation the id of the session; empty for all of a person's
 * @param connection the number of the new connection; of a revocation a time, in seconds since the epoch: when the session expires
 *            by itself, or until when those were started that are revoked; 0 for other kinds
 */
public record Change(Kind kind, String owner, String machineId, long connection) {
    /** By its name it is told to replicas of other versions, which run beside this one while the service is updated. */
    public enum Kind {
        /** Registered, or handed over to this owner. */
        CREATED("created"),
        /** Renamed, or said something new about itself. */
        UPDATED("updated"), ONLINE("online"), OFFLINE("offline"),
        /** Deleted: its token is no longer good. */
        REMOVED("removed"),
        /** It is not this owner's any more, and else as it was. */
        HANDED_OVER("handed_over"),
        /** Its secrets are others now. */
        ROTATED("rotated"),
        /** A newer socket took over. */
        CONNECTED("connected"),
        /** One session, or what else the service signed, was taken back before its time. */
        SESSION_REVOKED("session_revoked"),
        /** All that a person had was taken back. */
        SESSIONS_REVOKED("sessions_revoked");

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

    /** Whether a person may do less than before. */
    public boolean isRevocation() {
        return kind == Kind.SESSION_REVOKED || kind == Kind.SESSIONS_REVOKED;
    }

    /** Whether the owner has the machine no more. */
    public boolean isGone() {
        return kind == Kind.REMOVED || kind == Kind.HANDED_OVER;
    }

    /** Whether the machine's entry in the list may look different now. */
    public boolean isVisible() {
        return kind != Kind.ROTATED && kind != Kind.CONNECTED && !isRevocation();
    }
}
