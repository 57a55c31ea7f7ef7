package org.machineregistry.alert;

import java.util.concurrent.TimeUnit;

import org.machineregistry.database.DatabaseAvailability;

/** Measures for how long this replica could have heard a machine come back: since it started, stood still or reached the database. */
final class Listening {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);

    private final DatabaseAvailability database;
    private long since = System.nanoTime();

    Listening(DatabaseAvailability database) {
        this.database = database;
    }

    /** The thread slept, for not nearly as long as would be a pause. Both are of {@link System#nanoTime()}. */
    void slept(long from, long until) {
        if (until - from > PAUSE) {
            since = until;
        }
    }

    /** @param now of {@link System#nanoTime()} */
    long seconds(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(Math.max(0, now - Math.max(since, database.availableSince())));
    }
}
