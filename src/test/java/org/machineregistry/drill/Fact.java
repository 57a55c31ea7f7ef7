package org.machineregistry.drill;

import org.machineregistry.fault.Replica;

/** One thing that a machine really did, and whether a replica acknowledged it. */
final class Fact {
    enum Kind {
        /** It connected, or beat, which has an answer. */
        SIGN,
        /** It had a socket open, on which signs may have been heard that have no answer. */
        HELD,
        /** It said goodbye, once or repeatedly. */
        GOODBYE,
        /** It broke its socket off, and stays away. */
        BREAK,
        /** It lost its socket without wanting to. */
        DROP
    }

    final Kind kind;
    final Replica replica;
    final long begun;
    private volatile long ended = Timeline.NEVER;
    private volatile boolean acknowledged;
    private volatile String answer = "none";

    Fact(Kind kind, Replica replica, long begun) {
        this.kind = kind;
        this.replica = replica;
        this.begun = begun;
    }

    /** @param how the answer's status, or what came instead */
    void end(boolean isAcknowledged, String how) {
        end(isAcknowledged, how, Timeline.now());
    }

    void end(boolean isAcknowledged, String how, long at) {
        acknowledged = isAcknowledged;
        answer = how;
        ended = at;
    }

    long ended() {
        return ended;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    String answer() {
        return answer;
    }

    @Override
    public String toString() {
        return kind + " " + begun + "-" + (ended == Timeline.NEVER ? "" : ended) + " at " + replica.port + " " + answer
                + (acknowledged ? " (acknowledged)" : "");
    }
}
