package org.machineregistry.machine.list;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How many machines an owner has, and how many are online and offline. */
// Built by a query: nothing shows the native build that it is.
@RegisterForReflection
record MachineSummary(long total, long online, long offline) {
    static final MachineSummary NONE = new MachineSummary(0, 0);

    MachineSummary(long total, long online) {
        this(total, online, total - online);
    }
}
