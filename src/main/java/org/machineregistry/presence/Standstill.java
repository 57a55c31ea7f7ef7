package org.machineregistry.presence;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Notices that this process or the database stood still, or that the database's clock leapt: nobody could be heard in that
 * time. Of the presence loop's thread alone.
 */
@ApplicationScoped
class Standstill {
    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

    private final Fleet fleet;
    private long lookedAt = System.nanoTime();
    private long heardAt;
    private long heardMicros;

    Standstill(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Whether too much time passed since the last look. To be asked all the time. */
    boolean isOver() {
        long now = System.nanoTime();
        boolean tooLong = now - lookedAt > limit();
        lookedAt = now;
        return tooLong;
    }

    /**
     * The same, for the database's clock.
     *
     * @param databaseMicros since the epoch; its own host may have slept, or been given the right time, while this one ran on
     */
    boolean isOver(long databaseMicros) {
        long now = System.nanoTime();
        boolean leapt = heardMicros != 0
                && (databaseMicros - heardMicros) - (now - heardAt) / 1_000 > limit() / 1_000;
        heardAt = now;
        heardMicros = databaseMicros;
        return isOver() || leapt;
    }

    /** A machine that beat just before still has time to be heard again. */
    private long limit() {
        Pace pace = fleet.pace();
        long spare = TimeUnit.SECONDS.toNanos(pace.ttlSeconds() - pace.heartbeatSeconds()) / 2;
        // A busy host is late by a second now and then; were that a standstill, no one would ever be judged.
        return Math.max(SHORTEST, Math.min(LONGEST, spare));
    }
}
