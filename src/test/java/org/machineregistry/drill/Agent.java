package org.machineregistry.drill;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.machineregistry.fault.Replica;

/** A machine that goes through its script again and again, and goes to the other replica where one does not serve it. */
abstract class Agent {
    private static final int SHORTEST_BACK_OFF = 100;
    private static final int LONGEST_BACK_OFF = 400;
    private static final int MOST_DOUBLINGS = 2;
    private static final long LONGEST_HONOURED = 2_000;

    final MachineLog log;
    private final List<Replica> replicas;
    private final ScheduledExecutorService scheduler;
    final long patience;
    private volatile boolean finished;
    private volatile int turn;
    // One thing after another, though not always on one thread.
    private volatile int failures;

    /**
     * @param replicas the one that it goes to first is the first
     * @param patience for how many milliseconds it waits for an answer
     */
    Agent(MachineLog log, List<Replica> replicas, ScheduledExecutorService scheduler, long patience) {
        this.log = log;
        this.replicas = replicas;
        this.scheduler = scheduler;
        this.patience = patience;
    }

    final <A extends Agent> void start(A self, Function<A, CompletableFuture<Void>> script, long delayMillis) {
        scheduler.schedule(() -> cycle(self, script), delayMillis, TimeUnit.MILLISECONDS);
    }

    private <A extends Agent> void cycle(A self, Function<A, CompletableFuture<Void>> script) {
        if (!finished) {
            script.apply(self).whenComplete((done, failure) -> {
                if (failure != null && !finished) {
                    throw new IllegalStateException(log.what + " failed", failure);
                }
                scheduler.schedule(() -> cycle(self, script), 0, TimeUnit.MILLISECONDS);
            });
        }
    }

    /** It does nothing more. */
    void finish() {
        finished = true;
    }

    final boolean isFinished() {
        return finished;
    }

    final Replica replica() {
        return replicas.get(turn % replicas.size());
    }

    final Replica otherReplica() {
        return replicas.get((turn + 1) % replicas.size());
    }

    final void turnAway() {
        turn++;
    }

    final CompletableFuture<Void> pause(long millis) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, scheduler);
        return CompletableFuture.runAsync(() -> {
        }, later);
    }

    /** Stays away for a while, without a word. */
    final CompletableFuture<Void> away(long millis) {
        return pause(millis);
    }

    /** The service answered as it should. */
    final void served() {
        failures = 0;
    }

    /**
     * How long it waits after a failure: with each one in a row twice as long, up to a bound, so that thousands do not ask more often
     * the less they are served.
     *
     * @param hintSeconds when the service asked it to come back; 0 where it did not say
     */
    final long backOff(int hintSeconds) {
        long jitter = ThreadLocalRandom.current().nextInt(SHORTEST_BACK_OFF, LONGEST_BACK_OFF);
        long grown = jitter << Math.min(failures++, MOST_DOUBLINGS);
        return Math.min(LONGEST_HONOURED, TimeUnit.SECONDS.toMillis(hintSeconds)) + grown;
    }
}
