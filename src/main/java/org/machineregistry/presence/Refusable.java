package org.machineregistry.presence;

/** A write that somebody may wait for. */
interface Refusable {
    PresenceEntry entry();

    /** The caller who waits for it; null where nobody does. */
    Caller<?> caller();

    /** Returns what it is about. Of writes about the same that nobody waits for, the newest alone is written: it says all. */
    Object subject();

    /** Returns when what it says was so, of {@link System#nanoTime()}. */
    long at();

    default boolean isWaitedFor() {
        return caller() != null;
    }

    default boolean isAnswered() {
        return isWaitedFor() && caller().answer().isDone();
    }

    default void refuse(Exception reason) {
        if (isWaitedFor()) {
            caller().refuse(reason);
        }
    }
}
