package org.machineregistry.presence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.machineregistry.http.Problems;

/**
 * Who waits for something to be written. What somebody asked for counts from the moment when it is written, and only while they
 * wait for it: whoever gave up may have said something newer elsewhere.
 *
 * @param waits whether the connection that the question came over is still open
 * @param until of {@link System#nanoTime()}; who waited that long is told to come back
 */
record Caller<T>(CompletableFuture<T> answer, BooleanSupplier waits, long until) {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    static <T> Caller<T> asking(BooleanSupplier waits) {
        return new Caller<>(new CompletableFuture<>(), waits, System.nanoTime() + PATIENCE);
    }

    /** Answers where there is no use in waiting any longer. @return whether the question still stands */
    boolean stillWaits() {
        if (!waits.getAsBoolean() || System.nanoTime() - until > 0) {
            refuse(Problems.unavailable());
            return false;
        }
        return true;
    }

    void refuse(Exception reason) {
        answer.completeExceptionally(reason);
    }
}
