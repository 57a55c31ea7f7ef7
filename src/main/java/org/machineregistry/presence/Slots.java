package org.machineregistry.presence;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;

/** The machines that this replica heard of and believes online. */
@ApplicationScoped
class Slots {
    private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

    Slot of(String machineId) {
        Slot slot = slots.get(machineId);
        return slot == null ? slots.computeIfAbsent(machineId, Slot::new) : slot;
    }

    void forget(@Observes Changes changes) {
        for (Change change : changes.all()) {
            if (change.kind() == Kind.OFFLINE) {
                Slot slot = slots.get(change.machineId());
                if (slot != null) {
                    slot.online = false;
                }
            } else if (change.kind() == Kind.REMOVED) {
                slots.remove(change.machineId());
            }
        }
    }

    /** What others wrote meanwhile is not known: each machine's next heartbeat is written at once. */
    void doubt(@Observes Resync resync) {
        slots.values().forEach(slot -> slot.online = false);
    }

    /** Lets go of machines that are offline and beat no more. */
    void evict(long heardBefore) {
        slots.values().removeIf(slot -> !slot.online && !slot.waiting.get() && slot.heardAt - heardBefore < 0);
    }
}
