package org.machineregistry.change;

/**
 * What happened to which machine. It says no more, because a reader wants the newest row, not this one.
 *
 * @param owner who sees it
 * @param connection the number of the new connection; 0 for other kinds
 */
public record Change(Kind kind, String owner, String machineId, long connection) {
    public enum Kind {
        /** Registered. */
        CREATED,
        /** Renamed, or said something new about itself. */
        UPDATED, ONLINE, OFFLINE,
        /** Deleted: its token is no longer good. */
        REMOVED,
        /** Its secrets are others now. */
        ROTATED,
        /** A newer socket took over. */
        CONNECTED
    }

    public Change(Kind kind, String owner, String machineId) {
        this(kind, owner, machineId, 0);
    }

    /** Whether the machine's entry in the list may look different now. */
    public boolean isVisible() {
        return kind != Kind.ROTATED && kind != Kind.CONNECTED;
    }
}
