package org.machineregistry.presence;

import java.util.concurrent.CompletableFuture;

/**
 * That a machine was heard of, to be written.
 *
 * @param at of {@link System#nanoTime()}
 * @param assistantCount {@link PresenceEntry#UNSAID} where it was not said
 * @param address that it came from; null where that is not known
 * @param connection the number of the socket it came over, or {@link Presence#NO_SOCKET}; of one that opens, the newest number
 *            that was known before the machine showed that it is there
 * @param opens whether a new socket opened, which takes over from older ones
 * @param caller who waits for the answer; null for a heartbeat, which is answered already
 */
record HeartbeatWrite(PresenceEntry entry, long at, int assistantCount, AgentInstance instance, String address,
        HeartbeatInterval interval, long connection, boolean opens, Details details,
        Caller<ConnectResult> caller) implements Refusable {
    /** A heartbeat, which nobody waits for. */
    HeartbeatWrite(PresenceEntry entry, long at, int assistantCount, AgentInstance instance, String address,
            HeartbeatInterval interval, long connection) {
        this(entry, at, assistantCount, instance, address, interval, connection, false, Details.NONE, null);
    }

    @Override
    public Object subject() {
        return entry.machineId;
    }

    boolean isAsked() {
        return caller != null;
    }

    CompletableFuture<ConnectResult> answer() {
        return caller.answer();
    }
}
