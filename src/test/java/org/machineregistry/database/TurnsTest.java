package org.machineregistry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

/** Who comes when, and who rests. */
class TurnsTest {
    private static final int REST_FACTOR = 2;

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final Queue<Runnable> resting = new ArrayDeque<>();
    private final List<Duration> rests = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private boolean isThereRoom = true;
    private final Turns turns = turns(workers::add);

    private Turns turns(Executor executor) {
        return new Turns(executor, (delay, work) -> {
            rests.add(delay);
            resting.add(work);
        }, REST_FACTOR);
    }

    private Turns.Work work(String name) {
        return new Turns.Work() {
            @Override
            public boolean mayStart() {
                return isThereRoom;
            }

            @Override
            public void run() {
                done.add(name);
                if (name.equals("bad")) {
                    throw new IllegalStateException("no");
                }
            }

            @Override
            public void refused(RejectedExecutionException refused) {
                done.add(name + " refused");
            }
        };
    }

    private void runAll(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void who_asks_again_and_again_comes_after_all_others() {
        turns.add("greedy", work("greedy 1"));
        turns.add("greedy", work("greedy 2"));
        turns.add("greedy", work("greedy 3"));
        turns.add("modest", work("modest 1"));
        turns.add("other", work("other 1"));

        runAll(workers);
        runAll(resting);
        runAll(workers);

        assertThat(done).startsWith("greedy 1", "modest 1", "other 1", "greedy 2");
    }

    @Test
    void one_runs_at_a_time() {
        turns.add("one", work("one"));
        turns.add("other", work("other"));

        assertThat(workers).hasSize(1);
    }

    @Test
    void an_owner_rests_longer_than_its_work_took_and_others_do_not_wait_for_that() {
        turns.add("greedy", work("greedy 1"));
        runAll(workers);
        turns.add("greedy", work("greedy 2"));
        assertThat(workers).isEmpty();
        assertThat(rests).singleElement().satisfies(rest -> assertThat(rest).isPositive());

        turns.add("other", work("other"));
        runAll(workers);
        assertThat(done).containsExactly("greedy 1", "other");

        runAll(resting);
        runAll(workers);
        assertThat(done).containsExactly("greedy 1", "other", "greedy 2");
    }

    @Test
    void nothing_starts_without_what_it_needs() {
        isThereRoom = false;
        turns.add("one", work("one"));
        assertThat(workers).isEmpty();

        isThereRoom = true;
        turns.start();
        runAll(workers);

        assertThat(done).containsExactly("one");
    }

    @Test
    void a_failure_does_not_end_the_turns() {
        turns.add("one", work("bad"));
        turns.add("other", work("good"));

        try {
            workers.remove().run();
        } catch (IllegalStateException failure) {
            assertThat(failure).hasMessage("no");
        }
        runAll(workers);

        assertThat(done).containsExactly("bad", "good");
    }

    @Test
    void what_no_worker_takes_is_told_so() {
        Turns refusing = turns(task -> {
            throw new RejectedExecutionException();
        });

        refusing.add("one", work("one"));
        refusing.add("one", work("other"));

        assertThat(done).containsExactly("one refused", "other refused");
    }
}
