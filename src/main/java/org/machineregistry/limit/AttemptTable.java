package org.machineregistry.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts attempts of a minute, each kind of attempt known by a number. The memory is fixed, whoever attempts what: a table of
 * buckets, in a full one of which a new number takes the place of the one that was counted least. So nobody gets rid of a high
 * count by making many low ones.
 */
public final class AttemptTable {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int BUCKET = 8;

    private final int most;
    private final LongSupplier nanoTime;
    private final long[] keys;
    private final long[] startedAt;
    private final int[] counts;
    /** When the last of those that reached the limit is free again; before that, who is not among them must be looked for. */
    private volatile long limitedUntil;

    /**
     * @param most attempts in a minute, which begins with the first of them
     * @param buckets a power of two; each takes 160 bytes
     * @param nanoTime as {@link System#nanoTime()}
     */
    public AttemptTable(int most, int buckets, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        keys = new long[buckets * BUCKET];
        startedAt = new long[buckets * BUCKET];
        counts = new int[buckets * BUCKET];
        limitedUntil = nanoTime.getAsLong();
    }

    /** Whether nobody at all has reached the limit. Costs next to nothing. */
    public boolean isIdle() {
        return limitedUntil - nanoTime.getAsLong() <= 0;
    }

    /** The seconds until an attempt is allowed again; 0 where it is now. */
    public long secondsToWait(long key) {
        return isIdle() ? 0 : secondsToWait(key, nanoTime.getAsLong());
    }

    private synchronized long secondsToWait(long key, long now) {
        int slot = find(key, now);
        if (slot < 0 || counts[slot] < most) {
            return 0;
        }
        return 1 + TimeUnit.NANOSECONDS.toSeconds(startedAt[slot] + MINUTE - now - 1);
    }

    /** Counts an attempt. @return whether it is one of those that are allowed in this minute */
    public boolean add(long key) {
        return add(key, nanoTime.getAsLong());
    }

    private synchronized boolean add(long key, long now) {
        int slot = find(key, now);
        if (slot < 0) {
            slot = leastCounted(key, now);
            keys[slot] = key;
            startedAt[slot] = now;
            counts[slot] = 0;
        }
        if (counts[slot] == most) {
            return false;
        }
        counts[slot]++;
        if (counts[slot] == most && startedAt[slot] + MINUTE - limitedUntil > 0) {
            limitedUntil = startedAt[slot] + MINUTE;
        }
        return true;
    }

    private int find(long key, long now) {
        int first = bucket(key);
        for (int slot = first; slot < first + BUCKET; slot++) {
            if (keys[slot] == key && isLive(slot, now)) {
                return slot;
            }
        }
        return -1;
    }

    private int leastCounted(long key, long now) {
        int least = bucket(key);
        for (int slot = least + 1; slot < bucket(key) + BUCKET; slot++) {
            if (countOf(slot, now) < countOf(least, now)) {
                least = slot;
            }
        }
        return least;
    }

    private int countOf(int slot, long now) {
        return isLive(slot, now) ? counts[slot] : 0;
    }

    private boolean isLive(int slot, long now) {
        return counts[slot] > 0 && now - startedAt[slot] < MINUTE;
    }

    private int bucket(long key) {
        // Fibonacci hashing: the upper bits depend on all bits of the key.
        int hash = (int) (key * 0x9E3779B97F4A7C15L >>> Integer.SIZE);
        return (hash & keys.length / BUCKET - 1) * BUCKET;
    }
}
