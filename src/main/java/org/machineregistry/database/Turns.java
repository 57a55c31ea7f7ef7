package org.machineregistry.database;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Costly work of many owners, one piece at a time, each owner in turn. An owner whose work took long rests for longer before its
 * next: who asks in a loop waits for it alone, and leaves room for all that is not costly.
 */
public final class Turns {
    /** Something to be done in one turn. */
    public interface Work {
        /** Whether there is what it needs; where it is not so, nobody's work starts before {@link Turns#start} is called. */
        boolean mayStart();

        void run();

        /** No worker takes it: the service stops. */
        void refused(RejectedExecutionException refused);
    }

    /** Runs something later. */
    @FunctionalInterface
    public interface Later {
        void run(Duration delay, Runnable work);
    }

    // On a machine that is slow for other reasons, a whole wait for a turn would not be enough.
    private static final Duration LONGEST_REST = Duration.ofSeconds(3);

    private static final class Turn {
        private final String owner;
        private final Deque<Work> works = new ArrayDeque<>();
        // Runs, or rests.
        private boolean busy;

        private Turn(String owner) {
            this.owner = owner;
        }
    }

    private final Executor workers;
    private final Later later;
    private final int restFactor;
    private final Map<String, Turn> turns = new HashMap<>();
    private final Deque<Turn> ready = new ArrayDeque<>();
    private boolean running;

    /** @param restFactor for how many times what its work took an owner rests */
    public Turns(Executor workers, Later later, int restFactor) {
        this.workers = workers;
        this.later = later;
        this.restFactor = restFactor;
    }

    /** Never blocks. */
    public void add(String owner, Work work) {
        synchronized (this) {
            Turn turn = turns.computeIfAbsent(owner, Turn::new);
            turn.works.add(work);
            if (!turn.busy && turn.works.size() == 1) {
                ready.add(turn);
            }
        }
        start();
    }

    /** Starts the next one, if it may. */
    public void start() {
        Turn turn;
        Work work;
        synchronized (this) {
            turn = ready.peek();
            if (running || turn == null || !turn.works.element().mayStart()) {
                return;
            }
            ready.remove();
            work = turn.works.remove();
            turn.busy = true;
            running = true;
        }
        try {
            workers.execute(() -> run(turn, work));
        } catch (RejectedExecutionException refused) {
            work.refused(refused);
            ended(turn, Duration.ZERO);
        }
    }

    private void run(Turn turn, Work work) {
        long began = System.nanoTime();
        try {
            work.run();
        } finally {
            ended(turn, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private void ended(Turn turn, Duration took) {
        synchronized (this) {
            running = false;
        }
        if (took.isZero()) {
            rested(turn);
        } else {
            Duration rest = took.multipliedBy(restFactor);
            later.run(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST, () -> rested(turn));
        }
        start();
    }

    private void rested(Turn turn) {
        synchronized (this) {
            turn.busy = false;
            if (turn.works.isEmpty()) {
                turns.remove(turn.owner);
            } else {
                ready.add(turn);
            }
        }
        start();
    }
}
