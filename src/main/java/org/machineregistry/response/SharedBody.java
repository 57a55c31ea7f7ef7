package org.machineregistry.response;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The bytes of a large body, once for all who read it. They count as taken until the last of them has let go. */
public final class SharedBody {
    /** One reader's share. */
    public final class Hold {
        private volatile Runnable cutOff;

        private Hold() {}

        public SharedBody body() {
            return SharedBody.this;
        }

        /** @param cutOff ends this reader's answer */
        public void onCutOff(Runnable cutOff) {
            this.cutOff = cutOff;
        }

        /** Only the first time counts. */
        public void release() {
            SharedBody.this.release(this);
        }
    }

    private final BodyMemory memory;
    private final List<byte[]> pieces;
    private final long size;
    private final Set<Hold> holds = new HashSet<>();

    SharedBody(BodyMemory memory, List<byte[]> pieces, long size) {
        this.memory = memory;
        this.pieces = pieces;
        this.size = size;
    }

    public List<byte[]> pieces() {
        return pieces;
    }

    public long size() {
        return size;
    }

    /** Holds it once more, for a caller who holds it already or has just made it. */
    public synchronized Hold hold() {
        Hold hold = new Hold();
        holds.add(hold);
        return hold;
    }

    private void release(Hold hold) {
        boolean last;
        synchronized (this) {
            last = holds.remove(hold) && holds.isEmpty();
        }
        if (last) {
            memory.released(this);
        }
    }

    void cutOff() {
        List<Hold> all;
        synchronized (this) {
            all = List.copyOf(holds);
        }
        for (Hold hold : all) {
            Runnable cut = hold.cutOff;
            if (cut != null) {
                cut.run();
            }
        }
    }
}
