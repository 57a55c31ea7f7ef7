package org.machineregistry.presence;

/** A write that somebody may wait for. */
interface Refusable {
    PresenceEntry entry();

    /** Null where nobody waits. */
    Caller<?> caller();

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
