package org.machineregistry.presence;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;

/** The machines that this replica heard of and believes online. */
@Singleton
public class PresenceTable {
    private final ConcurrentMap<String, PresenceEntry> entries = new ConcurrentHashMap<>();
    private final HeartbeatQueue queue;

    PresenceTable(HeartbeatQueue queue) {
        this.queue = queue;
    }

    PresenceEntry of(String machineId) {
        PresenceEntry entry = entries.get(machineId);
        return entry == null ? entries.computeIfAbsent(machineId, PresenceEntry::new) : entry;
    }

    void forget(@Observes Changes changes) {
        for (Change change : changes.all()) {
            if (change.kind() == Kind.OFFLINE) {
                PresenceEntry entry = entries.get(change.machineId());
                if (entry != null) {
                    doubt(entry);
                }
            } else if (change.kind() == Kind.REMOVED) {
                entries.remove(change.machineId());
            }
        }
    }

    /** Other replicas may have written meanwhile: each machine's next heartbeat is written at once. */
    void doubt(@Observes Resync resync) {
        entries.values().forEach(this::doubt);
    }

    /** A heartbeat that waits turns the machine online again, as far as anybody knows, and so does not wait for the pace. */
    private void doubt(PresenceEntry entry) {
        entry.online = false;
        if (entry.waiting.get()) {
            queue.hurry();
        }
    }

    /** Lets go of machines that are offline and beat no more. */
    public void evict(long heardBefore) {
        entries.values().removeIf(entry -> !entry.online && !entry.waiting.get() && entry.heardAt - heardBefore < 0);
    }
}
