package org.machineregistry.credential;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;

import org.machineregistry.change.Announced;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.change.ChangeListener;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Credentials that were looked up. They live as long as this replica hears of deletions and rotations. */
@Singleton
public class CredentialCache {
    private static final int MOST_MACHINES = 1_000_000;
    private static final int FIRST = 1;

    private final Cache<String, MachineCredential> machines = Caffeine.newBuilder().maximumSize(MOST_MACHINES).build();
    private final AtomicLong drops = new AtomicLong();
    private final ChangeListener listener;

    CredentialCache(ChangeListener listener) {
        this.listener = listener;
    }

    /** The credential of a machine; null for one that is not known, or not for sure. */
    public MachineCredential find(String machineId) {
        return listener.isListening() ? machines.getIfPresent(machineId) : null;
    }

    /** A number that a look-up notes before it begins, and gives back with what it found. */
    long drops() {
        return drops.get();
    }

    /** Keeps what was found, unless something was dropped since: it may have been read before that. */
    void keep(MachineCredential machine, long dropsBefore) {
        if (listener.isListening() && drops.get() == dropsBefore) {
            machines.put(machine.machineId(), machine);
            if (drops.get() != dropsBefore) {
                machines.invalidate(machine.machineId());
            }
        }
    }

    /** A newer socket of a machine opened. */
    public void connected(String machineId, long connection) {
        machines.asMap().computeIfPresent(machineId, (same, known) -> known.connected(connection));
    }

    void drop(String machineId) {
        drops.incrementAndGet();
        machines.invalidate(machineId);
    }

    // Before the caller is told, who may ask here at once.
    void drop(@Observes(during = TransactionPhase.AFTER_SUCCESS) Announced announced) {
        drop(announced.all());
    }

    // Before others hear of it and look here.
    void drop(@Observes @Priority(FIRST) Changes changes) {
        drop(changes.all());
    }

    private void drop(List<Change> changes) {
        for (Change change : changes) {
            if (change.kind() == Kind.CONNECTED) {
                connected(change.machineId(), change.connection());
            }
            if (change.kind() == Kind.REMOVED || change.kind() == Kind.ROTATED) {
                drop(change.machineId());
            }
        }
    }

    void dropAll(@Observes @Priority(FIRST) Resync resync) {
        if (resync.missed()) {
            drops.incrementAndGet();
            machines.invalidateAll();
        }
    }
}
