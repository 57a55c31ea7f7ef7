package org.machineregistry.machine;

/** For how long a machine may be offline before somebody is told. */
final class AlertAfter {
    /** Half a minute: less would tell of each restart. */
    static final long SHORTEST_SECONDS = 30;
    /** 30 days. */
    static final long LONGEST_SECONDS = 30 * 24 * 60 * 60;

    private AlertAfter() {}
}
