package org.machineregistry.change;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whether announcements arrive. One proof at a time goes out over another connection of the pool, as announcements do, and must
 * come back on the listening one. A connection pooler in transaction mode keeps that connection open and lets its LISTEN die:
 * nothing but a proof shows it.
 */
@ApplicationScoped
class ListeningProof {
    /** The proof has a channel of its own, because replicas of the version before would take it for a resync. */
    static final String CHANNEL = "machine_probe";
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(4);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(250);
    // A pooler that breaks LISTEN lets a proof through now and then, by chance.
    private static final int ENOUGH_AFTER_A_MISS = 2;

    // A proof that another replica hears says nothing of the connection of this one.
    private final String replica = UUID.randomUUID().toString();
    private long number;
    private boolean begun;
    private boolean underWay;
    private boolean taken;
    private long dueAt;
    private long overdueAt;
    private int heard;
    private boolean missed;
    private boolean proven;

    /** A connection listens: only what is sent from now on says something of it. */
    synchronized void begin() {
        begun = true;
        reset(0);
    }

    /** The connection listens no more. */
    synchronized void end() {
        begun = false;
        reset(0);
    }

    private void reset(long pause) {
        underWay = false;
        proven = false;
        heard = 0;
        dueAt = System.nanoTime() + pause;
        notifyAll();
    }

    /** Waits until a proof is due. @return what is to be sent */
    synchronized String next() throws InterruptedException {
        for (long wait = untilDue(); wait > 0; wait = untilDue()) {
            TimeUnit.NANOSECONDS.timedWait(this, wait);
        }
        number++;
        underWay = true;
        taken = false;
        return replica + ":" + number;
    }

    private long untilDue() {
        return begun && !underWay ? dueAt - System.nanoTime() : PAUSE;
    }

    /** The database took this proof, so that it is overdue some time from now. */
    synchronized void sent(String payload) {
        if (isUnderWay(payload)) {
            taken = true;
            overdueAt = System.nanoTime() + PATIENCE;
        }
    }

    /** The proof could not be sent, which says nothing of whether it would have come back. */
    synchronized void notSent(String payload) {
        if (isUnderWay(payload)) {
            underWay = false;
            dueAt = System.nanoTime() + RETRY;
        }
    }

    /** The proof could not be sent for a reason that no direct connection to PostgreSQL has. */
    synchronized void refused(String payload) {
        if (isUnderWay(payload)) {
            taken = true;
            overdueAt = System.nanoTime();
        }
    }

    synchronized void hear(String payload) {
        if (isUnderWay(payload)) {
            underWay = false;
            heard++;
            proven |= heard >= (missed ? ENOUGH_AFTER_A_MISS : 1);
            missed &= !proven;
            dueAt = System.nanoTime() + (proven ? PAUSE : 0);
            notifyAll();
        }
    }

    synchronized boolean isProven() {
        return proven;
    }

    /** Whether the proof ought to have come. To be asked when all that had arrived by now was heard. */
    synchronized boolean isOverdue() {
        return underWay && taken && overdueAt - System.nanoTime() <= 0;
    }

    /** The proof did not come. */
    synchronized void miss() {
        missed = true;
        reset(0);
    }

    private boolean isUnderWay(String payload) {
        return underWay && payload.equals(replica + ":" + number);
    }
}
