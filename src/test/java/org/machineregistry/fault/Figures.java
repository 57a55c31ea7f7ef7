package org.machineregistry.fault;

import java.util.concurrent.TimeUnit;

/** What a test measured, in one line. */
final class Figures {
    private Figures() {}

    static void print(String what, String figures, Object... values) {
        System.out.printf("FAULT %s: %s%n", what, String.format(figures, values));
    }

    static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
