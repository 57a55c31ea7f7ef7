package org.machineregistry.presence;

import java.util.concurrent.CompletableFuture;

/**
 * That a machine left, to be written.
 *
 * @param at of {@link System#nanoTime()}
 * @param connection the socket that it concerns, 0 for none
 * @param reason {@code disconnected} or {@code connection_lost}
 */
record Departure(Slot slot, long at, long connection, String reason, CompletableFuture<Void> answer) {
    static final String DISCONNECTED = "disconnected";
    static final String CONNECTION_LOST = "connection_lost";
}
