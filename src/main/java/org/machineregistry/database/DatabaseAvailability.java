package org.machineregistry.database;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

/**
 * Whether this replica can write to the database, and since when. Presence tells it, whose statements go there every second. It
 * also knows the database's time of day, which is the service's.
 */
@Singleton
public class DatabaseAvailability {
    private record Answer(long epochMicros, long nanoTime) {}

    // Flyway was there a moment ago.
    private volatile boolean available = true;
    private volatile long since = System.nanoTime();
    private volatile Answer answer = new Answer(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
            System.nanoTime());
    private final List<Runnable> losses = new CopyOnWriteArrayList<>();

    public boolean isAvailable() {
        return available;
    }

    /**
     * A statement that wrote was committed.
     *
     * @param epochMicros the database's time of day
     * @param nanoTime of {@link System#nanoTime()}, when it was answered
     */
    public void answered(long epochMicros, long nanoTime) {
        answer = new Answer(epochMicros, nanoTime);
        if (!available) {
            since = nanoTime;
            available = true;
        }
    }

    /**
     * The database was away for so short a time that it was not lost and nobody was refused, though not all could be heard.
     *
     * @param nanoTime of {@link System#nanoTime()}, when it answered again
     */
    public void interrupted(long nanoTime) {
        since = nanoTime;
    }

    public void lost() {
        available = false;
        losses.forEach(Runnable::run);
    }

    /** @param work done again and again while the database is lost; it must be quick */
    public void whileLost(Runnable work) {
        losses.add(work);
    }

    /** Since when it has been available without a gap, of {@link System#nanoTime()}. To be asked while it is. */
    public long availableSince() {
        return since;
    }

    /** For how long it has not answered, zero while it is available: what was said after its last answer was not written either. */
    public Duration awayFor() {
        return available ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - answer.nanoTime);
    }

    /** The database's time of day, in milliseconds since the epoch, counted on from its last answer. */
    public long epochMillis() {
        Answer last = answer;
        return TimeUnit.MICROSECONDS.toMillis(last.epochMicros)
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last.nanoTime);
    }

    /** The database's time of day when it last answered, in milliseconds since the epoch. */
    public long lastAnswerEpochMillis() {
        return TimeUnit.MICROSECONDS.toMillis(answer.epochMicros);
    }
}
