package org.machineregistry.presence;

import java.util.List;

import org.machineregistry.machine.OfflineReason;

/**
 * That a machine left, to be written.
 *
 * @param at of {@link System#nanoTime()}; what was heard of the machine since counts more
 * @param connection the number of the socket that it concerns, or {@link Presence#NO_SOCKET}
 * @param instance the agent that left; unsaid for all of them
 * @param caller who waits for the answer; null for what is kept until the database takes it
 */
record DisconnectWrite(PresenceEntry entry, long at, long connection, AgentInstance instance,
        OfflineReason reason, Caller<Void> caller) implements Refusable {
    @Override
    public Object subject() {
        return List.of(entry.machineId, connection, reason);
    }
}
