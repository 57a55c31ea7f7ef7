package org.machineregistry.presence;

import java.util.concurrent.CompletableFuture;

/**
 * That a machine was heard of, to be written.
 *
 * @param at of {@link System#nanoTime()}
 * @param assistantCount {@link Slot#UNSAID} where it was not said
 * @param connection the socket it came over, 0 for none
 * @param opens whether a new socket opened, which takes over from older ones
 * @param answer completed when it is written; null where nobody waits
 */
record Heard(Slot slot, long at, int assistantCount, Pace pace, long connection, boolean opens, Details details,
        CompletableFuture<Arrival> answer) {
    boolean isAsked() {
        return answer != null;
    }
}
