package org.machineregistry.presence;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** The last that this replica heard of one machine. Times are of {@link System#nanoTime()}. */
final class PresenceEntry {
    static final int UNSAID = -1;

    // Both are read and reset in one step, so that nothing is lost that is heard in between. Atomic objects would be two more for each
    // of a million machines.
    private static final AtomicIntegerFieldUpdater<PresenceEntry> COUNT = AtomicIntegerFieldUpdater
            .newUpdater(PresenceEntry.class, "assistantCount");
    private static final AtomicReferenceFieldUpdater<PresenceEntry, String> ADDRESS = AtomicReferenceFieldUpdater
            .newUpdater(PresenceEntry.class, String.class, "address");

    final String machineId;
    /** Whether it waits to be written: a machine is in the queue once, however often it beats. */
    final AtomicBoolean waiting = new AtomicBoolean();
    /** Whether the database has it online, as far as this replica knows. */
    volatile boolean online;
    volatile long heardAt = System.nanoTime();
    private volatile int assistantCount = UNSAID;
    private volatile long connection = Presence.NO_SOCKET;
    private volatile AgentInstance instance = AgentInstance.UNSAID;
    private volatile String address;
    private volatile HeartbeatInterval interval;

    PresenceEntry(String machineId) {
        this.machineId = machineId;
    }

    /** @param sentAt when the heartbeat can have been sent at the earliest */
    void hear(Integer assistantCount, AgentInstance instance, String address, long connection,
            HeartbeatInterval interval, long sentAt) {
        if (assistantCount != null) {
            this.assistantCount = assistantCount;
        }
        if (instance.isSaid()) {
            this.instance = instance;
        }
        if (address != null) {
            this.address = address;
        }
        this.connection = connection;
        this.interval = interval;
        // One that was read late does not hide one that is known to be newer.
        if (sentAt - heardAt > 0 || !waiting.get()) {
            this.heardAt = sentAt;
        }
    }

    /** Takes the count of a heartbeat that waits: what is written at once must not be followed by it, or take its place without it. */
    int takeAssistantCount() {
        return COUNT.getAndSet(this, UNSAID);
    }

    /** Whether a heartbeat of another running agent waits to be written. */
    boolean hidesOther(AgentInstance heard) {
        return waiting.get() && instance.isSaid() && heard.isSaid() && !instance.equals(heard);
    }

    HeartbeatWrite takeHeartbeat() {
        // The mark goes first: a heartbeat that comes now is written again rather than lost.
        waiting.set(false);
        return heartbeat();
    }

    /** Returns the heartbeat that waits, without taking it from the queue. */
    HeartbeatWrite heartbeat() {
        return new HeartbeatWrite(this, heardAt, COUNT.getAndSet(this, UNSAID), instance, ADDRESS.getAndSet(this, null),
                interval, connection);
    }

    /** A heartbeat that could not be written is not forgotten. */
    void restore(HeartbeatWrite heartbeat) {
        COUNT.compareAndSet(this, UNSAID, heartbeat.assistantCount());
        ADDRESS.compareAndSet(this, null, heartbeat.address());
    }
}
