package org.machineregistry.presence;

/** A write that somebody may wait for. */
interface Refusable {
    PresenceEntry entry();

    /** The caller who waits for it; null where nobody does. */
    Caller<?> caller();

    /** What it is about: of those that nobody waits for and that are about the same, the newest alone is written, which says all. */
    Object subject();

    /** When what it says was so, of {@link System#nanoTime()}. */
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
