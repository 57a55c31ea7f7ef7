package org.machineregistry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class RequestCoalescerTest {
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final List<List<String>> worked = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    private final RequestCoalescer<String> rounds = new RequestCoalescer<>(workers::add, this::work,
            (item, failure) -> failed.add(item + ": " + failure.getMessage()));

    private void work(List<String> items) throws IOException {
        worked.add(items);
        if (items.contains("comes first")) {
            rounds.add("comes meanwhile");
            rounds.add("comes meanwhile too");
        }
        if (items.contains("bad")) {
            throw new IOException("no");
        }
        if (items.contains("worse")) {
            throw new AssertionError("never");
        }
    }

    private void runWorkers() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    @Test
    void what_comes_in_while_a_round_is_under_way_goes_together_into_the_next() {
        rounds.add("comes first");

        runWorkers();

        assertThat(worked).containsExactly(List.of("comes first"), List.of("comes meanwhile", "comes meanwhile too"));
        assertThat(failed).isEmpty();
    }

    @Test
    void one_worker_is_asked_for_at_a_time() {
        rounds.add("one");
        rounds.add("two");

        assertThat(workers).hasSize(1);
    }

    @Test
    void who_waits_for_a_round_that_fails_is_told_and_the_next_round_runs() {
        rounds.add("bad");
        runWorkers();
        rounds.add("worse");
        runWorkers();

        rounds.add("good");
        runWorkers();

        assertThat(failed).containsExactly("bad: no", "worse: never");
        assertThat(worked).containsExactly(List.of("bad"), List.of("worse"), List.of("good"));
    }

    @Test
    void who_waits_for_a_worker_that_cannot_be_had_is_told_and_the_next_one_is_asked_for() {
        AtomicInteger asked = new AtomicInteger();
        RequestCoalescer<String> shortOfWorkers = new RequestCoalescer<>(work -> {
            if (asked.incrementAndGet() == 1) {
                throw new RejectedExecutionException("no worker");
            }
            work.run();
        }, this::work, (item, failure) -> failed.add(item + ": " + failure.getMessage()));

        shortOfWorkers.add("refused");
        shortOfWorkers.add("good");

        assertThat(failed).containsExactly("refused: no worker");
        assertThat(worked).containsExactly(List.of("good"));
    }

    @Test
    void each_item_of_many_threads_is_worked_on_once_by_one_round_at_a_time() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        RequestCoalescer<Integer> busy = new RequestCoalescer<>(pool, items -> {
            overlaps.addAndGet(running.getAndIncrement());
            seen.addAll(items);
            running.decrementAndGet();
        }, (item, failure) -> overlaps.incrementAndGet());

        for (int i = 0; i < 10_000; i++) {
            int item = i;
            pool.execute(() -> busy.add(item));
        }
        await().until(() -> seen.size() >= 10_000);
        pool.shutdown();

        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(overlaps).hasValue(0);
    }
}
