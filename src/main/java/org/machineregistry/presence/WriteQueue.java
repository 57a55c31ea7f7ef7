package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.machineregistry.database.Batches;

/** The queue of writes for one thread. */
public abstract class WriteQueue {
    private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_RETRY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Semaphore urgent = new Semaphore(0);
    // The writing thread alone reads it: for how long it waits before it tries rows again that somebody else had locked.
    private long retryAfter;

    /** Has what waits written at once. */
    public void hurry() {
        urgent.release();
    }

    /**
     * @param nanos the longest wait
     * @return whether something waits that should be written at once
     */
    public boolean awaitUrgent(long nanos) throws InterruptedException {
        return urgent.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    /** The nanoseconds after which rows are to be tried again that were locked; a very long time where there are none. */
    public long retryAfter() {
        return retryAfter == 0 ? Long.MAX_VALUE : retryAfter;
    }

    /** @throws SQLException when the database cannot be reached: all is kept for the next time */
    public void write(Batches batches) throws SQLException {
        urgent.drainPermits();
        retryAfter = writeAll(batches) ? 0 : Math.min(LAST_RETRY, Math.max(FIRST_RETRY, retryAfter * 2));
    }

    /** Tells who waits to come back later; all else stays. */
    public void refuse() {
        urgent.drainPermits();
        refuseCallers();
    }

    /** @return false where rows were locked, which stay in the queue */
    abstract boolean writeAll(Batches batches) throws SQLException;

    abstract void refuseCallers();
}
