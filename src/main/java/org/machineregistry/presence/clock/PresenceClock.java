package org.machineregistry.presence.clock;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The time by which presence is ordered and judged, in microseconds. It is a number in the database that the replica which is
 * ahead moves on by its own monotonic clock, and none moves back, so that no clock of a host that is set can change an order or a
 * silence. Each replica counts on by itself and follows the number where that is ahead. It is behind the others by about the time
 * that a question to the database takes.
 */
@ApplicationScoped
public class PresenceClock {
    /** How old, at most, the database takes its number to be: the time of day that it tells that by may have been set. */
    public static final long OLDEST_MICROS = TimeUnit.MILLISECONDS.toMicros(1_500);
    // More than the time of day can mislead by: this process stood still, and its monotonic clock with it.
    private static final long LEAP_MICROS = TimeUnit.SECONDS.toMicros(2);
    // A time of day that was set misleads for so many looks in turn, at most, and one more.
    private static final int LOOKS = 3;

    private record Reading(long micros, long nanoTime) {}

    private volatile Reading latest;
    private volatile long uncertaintyMicros;
    // Only the thread that looks uses it.
    private int timesAhead;
    private long leastAhead;

    public boolean isSet() {
        return latest != null;
    }

    /** @param nanoTime of {@link System#nanoTime()} */
    public long at(long nanoTime) {
        Reading reading = latest;
        return reading.micros + TimeUnit.NANOSECONDS.toMicros(nanoTime - reading.nanoTime);
    }

    /** The same, by the clock of the replica that is ahead. */
    public long atLatest(long nanoTime) {
        return at(nanoTime) + uncertaintyMicros;
    }

    /**
     * Follows the database's number.
     *
     * @param micros the number, counted on to the moment when it was read
     * @param askedAt of {@link System#nanoTime()}, as is {@code answeredAt}: it was read between the two
     * @return whether this clock leapt, because it had stood still
     */
    public boolean follow(long micros, long askedAt, long answeredAt) {
        uncertaintyMicros = TimeUnit.NANOSECONDS.toMicros(answeredAt - askedAt);
        long ahead = isSet() ? micros - at(answeredAt) : Long.MAX_VALUE;
        if (ahead > LEAP_MICROS) {
            boolean leapt = isSet();
            latest = new Reading(micros, answeredAt);
            timesAhead = 0;
            return leapt;
        }
        leastAhead = timesAhead == 0 ? ahead : Math.min(leastAhead, ahead);
        timesAhead = ahead > 0 ? timesAhead + 1 : 0;
        if (timesAhead == LOOKS) {
            latest = new Reading(at(answeredAt) + leastAhead, answeredAt);
            timesAhead = 0;
        }
        return false;
    }
}
