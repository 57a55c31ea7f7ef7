package org.machineregistry.alert;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Decides when to look for something to tell, and when to try again. */
final class LookPlan {
    // An announcement may have been missed.
    private static final long LONGEST = TimeUnit.SECONDS.toMicros(30);
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toMicros(50);
    // Machines that are due may wait for others.
    private static final long GATHERING = TimeUnit.MILLISECONDS.toMicros(250);
    // Machines that are due may still be on their way back.
    private static final long HELD_OFF = TimeUnit.SECONDS.toMicros(1);
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toMicros(1);
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toMicros(2);
    private static final int MOST_DOUBLINGS = 7;

    private LookPlan() {}

    static long nanosUntilNext(AlertOutbox.Work work) {
        return TimeUnit.MICROSECONDS.toNanos(Math.min(LONGEST, Math.max(SHORTEST, microsUntilNext(work))));
    }

    private static long microsUntilNext(AlertOutbox.Work work) {
        if (work.works()) {
            return work.leasedForMicros();
        }
        if (work.dueInMicros() == null) {
            return LONGEST;
        }
        if (work.dueInMicros() > 0) {
            return work.dueInMicros();
        }
        return work.dueInMicros() > -AlertOutbox.GATHER_MICROS ? GATHERING : HELD_OFF;
    }

    /** The next try: later each time, up to minutes, and never in step with others. */
    static long pauseMicros(int failures) {
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, MOST_DOUBLINGS));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }
}
