package org.machineregistry.drill;

import java.util.concurrent.TimeUnit;

/** The one clock that a drill's facts and sightings are measured with. It never steps. */
final class Timeline {
    static final long NEVER = Long.MAX_VALUE / 4;
    private static final long START = System.nanoTime();

    private Timeline() {}

    /** Milliseconds since this process started. */
    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - START);
    }

    /** Lets a fault, or a healthy time, last. */
    static void pass(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
