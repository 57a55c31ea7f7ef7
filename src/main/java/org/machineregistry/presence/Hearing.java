package org.machineregistry.presence;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

/** Since when this replica can hear machines and write of them. Silence before that is ours, not theirs. */
@ApplicationScoped
class Hearing {
    private volatile boolean possible;
    private volatile long answeredAt = System.nanoTime();
    private volatile long since = System.nanoTime();

    boolean isPossible() {
        return possible;
    }

    /** The database answered. */
    void resume() {
        answeredAt = System.nanoTime();
        if (!possible) {
            restart();
            possible = true;
        }
    }

    /** The database cannot be reached. */
    void lose() {
        possible = false;
    }

    /** Counts from the last answer: what was said after it was not written either. */
    Duration awayFor() {
        return possible ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - answeredAt);
    }

    /** This process, or the database, stood still for a while: nobody could be heard. */
    void restart() {
        since = System.nanoTime();
    }

    long sinceMicros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since);
    }
}
