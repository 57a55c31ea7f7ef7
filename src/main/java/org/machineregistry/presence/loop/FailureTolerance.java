package org.machineregistry.presence.loop;

import java.util.concurrent.TimeUnit;

/**
 * Tells a connection that broke from a database that cannot be reached: the database is asked once more, on another
 * connection, after what failed quickly, before machines are refused for it. Of one thread alone.
 */
final class FailureTolerance {
    private static final long QUICK = TimeUnit.SECONDS.toNanos(1);

    private int failures;

    void succeeded() {
        failures = 0;
    }

    /** @param nanos how long it took to fail @return whether the database is to be taken for lost */
    boolean failed(long nanos) {
        failures++;
        return failures > 1 || nanos > QUICK;
    }
}
