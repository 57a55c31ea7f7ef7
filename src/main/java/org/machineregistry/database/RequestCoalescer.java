package org.machineregistry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * Work that comes in while a round is under way goes together into the next one: nothing waits where little comes, and where
 * much comes it costs a round, not a statement each. Rounds run one after another, on a worker.
 */
public final class RequestCoalescer<T> {
    /** Works on all of them, and answers those that wait for it. */
    @FunctionalInterface
    public interface Round<T> {
        void run(List<T> items) throws Exception;
    }

    private final Executor workers;
    private final Round<T> round;
    private final BiConsumer<T, Throwable> failed;
    private List<T> waiting = new ArrayList<>();
    private boolean running;

    /** @param failed told of each item of a round that failed; some may have been answered already */
    public RequestCoalescer(Executor workers, Round<T> round, BiConsumer<T, Throwable> failed) {
        this.workers = workers;
        this.round = round;
        this.failed = failed;
    }

    /** Never blocks. */
    public void add(T item) {
        synchronized (this) {
            waiting.add(item);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            workers.execute(this::runAll);
        } catch (RejectedExecutionException refused) {
            // The items that came meanwhile wait for this worker, too.
            stop().forEach(one -> failed.accept(one, refused));
        }
    }

    private void runAll() {
        for (List<T> items = take(); !items.isEmpty(); items = take()) {
            try {
                round.run(items);
            } catch (Exception | Error failure) {
                // The failure may be anything: all who wait are told, and the next round runs.
                items.forEach(item -> failed.accept(item, failure));
            }
        }
    }

    private synchronized List<T> take() {
        running = !waiting.isEmpty();
        return takeWaiting();
    }

    private synchronized List<T> stop() {
        running = false;
        return takeWaiting();
    }

    private List<T> takeWaiting() {
        List<T> items = waiting;
        waiting = new ArrayList<>();
        return items;
    }
}
