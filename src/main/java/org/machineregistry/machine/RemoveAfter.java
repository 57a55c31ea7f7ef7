package org.machineregistry.machine;

/** For how long a machine may be offline before it is removed. */
public final class RemoveAfter {
    /** A minute: less would remove what is being restarted. */
    public static final long SHORTEST_SECONDS = 60;
    /** 10 years. */
    public static final long LONGEST_SECONDS = 10L * 365 * 24 * 60 * 60;

    private RemoveAfter() {}
}
