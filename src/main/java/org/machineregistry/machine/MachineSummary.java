package org.machineregistry.machine;

/** How many machines an owner has, and how many are online and offline. */
record MachineSummary(long total, long online, long offline) {
    static final MachineSummary NONE = new MachineSummary(0, 0);

    MachineSummary(long total, long online) {
        this(total, online, total - online);
    }
}
