package org.machineregistry.machine;

/** For how long a machine may be offline before somebody is told. */
public final class AlertAfter {
    /** Half a minute: less would tell of each restart. */
    public static final long SHORTEST_SECONDS = 30;
    /** 30 days. */
    public static final long LONGEST_SECONDS = 30 * 24 * 60 * 60;

    private AlertAfter() {}
}
