package org.machineregistry.presence;

import java.util.concurrent.atomic.AtomicBoolean;

/** What this replica last heard of one machine. Times are of {@link System#nanoTime()}, but for the database's. */
final class Slot {
    static final int UNSAID = -1;

    final String machineId;
    /** Whether it waits to be written: a machine is in the queue once, however often it beats. */
    final AtomicBoolean waiting = new AtomicBoolean();
    /** Whether the database has it online, as far as this replica knows. */
    volatile boolean online;
    volatile long heardAt = System.nanoTime();
    private volatile int assistantCount = UNSAID;
    private volatile long connection;
    private volatile Pace pace;

    // Of the writer's thread alone: up to which moment here the row was written, and which moment of the database that is.
    private long writtenUpTo;
    private long writtenAs;

    Slot(String machineId) {
        this.machineId = machineId;
    }

    void hear(Integer assistantCount, long connection, Pace pace) {
        if (assistantCount != null) {
            this.assistantCount = assistantCount;
        }
        this.connection = connection;
        this.pace = pace;
        this.heardAt = System.nanoTime();
    }

    Heard beat() {
        // The mark goes first: a beat that comes now is written again rather than lost.
        waiting.set(false);
        int count = assistantCount;
        assistantCount = UNSAID;
        return new Heard(this, heardAt, count, pace, connection, false, Details.NONE, null);
    }

    /** A beat that could not be written is not forgotten. */
    void restore(Heard beat) {
        if (assistantCount == UNSAID) {
            assistantCount = beat.assistantCount();
        }
    }

    /** Keeps two moments of this replica in their order, although each travels to the database with its own delay. */
    void written(long upTo, long databaseMicros) {
        writtenUpTo = upTo;
        writtenAs = Math.max(writtenAs, databaseMicros);
    }

    boolean isWrittenBeyond(long moment) {
        return writtenAs != 0 && writtenUpTo - moment > 0;
    }

    /** The database's time that a later moment of this replica is not before; 0 where none is known. */
    long floorMicros() {
        return writtenAs;
    }
}
