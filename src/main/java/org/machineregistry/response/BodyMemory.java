package org.machineregistry.response;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes that large bodies may take, all together. One body always fits; for a further one there must be room. Whoever may
 * not start is told when some memory was given back.
 */
public final class BodyMemory {
    private final long most;
    private final Runnable freed;
    // The bodies from the oldest to the newest, with when each was made.
    private final Map<SharedBody, Long> bodies = new LinkedHashMap<>();
    private long taken;

    /** @param freed called when there is more room than before; never blocks */
    public BodyMemory(long most, Runnable freed) {
        this.most = most;
        this.freed = freed;
    }

    /** Takes memory for a body that is about to be made. @return whether there is any */
    public synchronized boolean take(long bytes) {
        if (taken > 0 && taken + bytes > most) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Gives back what no body came to be of. */
    public void give(long bytes) {
        synchronized (this) {
            taken -= bytes;
        }
        freed.run();
    }

    /** Makes a body, for which so much was taken. Its maker holds it, and lets go of it. */
    public SharedBody body(List<byte[]> pieces, long size, long taken) {
        SharedBody body = new SharedBody(this, pieces, size);
        synchronized (this) {
            this.taken += size - taken;
            bodies.put(body, System.nanoTime());
        }
        return body;
    }

    void released(SharedBody body) {
        synchronized (this) {
            bodies.remove(body);
        }
        give(body.size());
    }

    /** Cuts off those who read the oldest body, if it is older than this: others wait for its memory. */
    public void cutOffOlderThan(long nanos) {
        SharedBody oldest = null;
        synchronized (this) {
            for (Map.Entry<SharedBody, Long> first : bodies.entrySet()) {
                oldest = System.nanoTime() - first.getValue() > nanos ? first.getKey() : null;
                break;
            }
        }
        if (oldest != null) {
            oldest.cutOff();
        }
    }

    /** How many bytes are taken. */
    public synchronized long taken() {
        return taken;
    }
}
