package org.machineregistry.machine.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.machineregistry.database.Turns;
import org.machineregistry.response.BodyMemory;
import org.machineregistry.response.BodyTooLargeException;

/**
 * Reads lists up to a size, one at a time, each owner in turn. Who asks the same while a list waits for its turn shares its read
 * and its bytes. It is read when there is memory for it, and is kept until all have it who asked.
 */
public final class ListTier {
    // Under pressure: whoever has not taken a body in this time gives way to those who wait for its memory.
    private static final long GIVES_WAY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final int REST_FACTOR = 2;

    private final Source source;
    private final Executor workers;
    private final BodyMemory memory;
    private final Turns turns;
    private final Outcome outcome;
    private final Map<Question, List<CompletableFuture<ListPage>>> waiting = new HashMap<>();
    private boolean looksAgain;

    /** Reads, and writes as it is sent. */
    @FunctionalInterface
    public interface Source {
        /**
         * @param memory from which so much is taken; where this returns, it is the body's
         * @throws BodyTooLargeException where it is larger than this tier reads; also as the cause of an UncheckedIOException
         */
        ListPage read(Question question, BodyMemory memory, long taken) throws IOException;
    }

    /** The listener of a read. */
    public interface Outcome {
        void read(Question question, long size);

        /** The list is larger than this tier reads: these still wait for it. */
        void tooLarge(Question question, List<CompletableFuture<ListPage>> answers);
    }

    /** @param memory how many bytes all lists of this tier may have together */
    public ListTier(Source source, Executor workers, long memory, Outcome outcome) {
        this.outcome = outcome;
        this.source = source;
        this.workers = workers;
        this.turns = new Turns(workers, this::later, REST_FACTOR);
        this.memory = new BodyMemory(memory, turns::start);
    }

    /**
     * Answers all of these with one page, held for each.
     *
     * @param expected how many bytes the list probably has
     */
    public void read(Question question, List<CompletableFuture<ListPage>> answers, long expected) {
        synchronized (waiting) {
            List<CompletableFuture<ListPage>> others = waiting.putIfAbsent(question, new ArrayList<>(answers));
            if (others != null) {
                others.addAll(answers);
                return;
            }
        }
        turns.add(question.owners().toString(), new Read(question, expected));
    }

    /** How many bytes are held. */
    long taken() {
        return memory.taken();
    }

    private void later(Duration delay, Runnable work) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, workers).execute(work);
    }

    private boolean isWanted(Question question) {
        synchronized (waiting) {
            return waiting.get(question).stream().anyMatch(answer -> !answer.isDone());
        }
    }

    private List<CompletableFuture<ListPage>> takeWaiting(Question question) {
        synchronized (waiting) {
            List<CompletableFuture<ListPage>> answers = waiting.remove(question);
            answers.removeIf(CompletableFuture::isDone);
            return answers;
        }
    }

    /** Somebody waits for memory: whoever keeps it for too long is cut off. */
    private void lookAgain() {
        synchronized (waiting) {
            if (looksAgain) {
                return;
            }
            looksAgain = true;
        }
        later(Duration.ofMillis(LOOK_AGAIN_MILLIS), () -> {
            synchronized (waiting) {
                looksAgain = false;
            }
            memory.cutOffOlderThan(GIVES_WAY_NANOS);
            turns.start();
        });
    }

    private final class Read implements Turns.Work {
        private final Question question;
        private final long expected;
        private long taken;

        private Read(Question question, long expected) {
            this.question = question;
            this.expected = expected;
        }

        @Override
        public boolean mayStart() {
            if (!isWanted(question)) {
                return true;
            }
            boolean isThere = memory.take(expected);
            taken = isThere ? expected : 0;
            if (!isThere) {
                lookAgain();
            }
            return isThere;
        }

        @Override
        public void run() {
            List<CompletableFuture<ListPage>> answers = takeWaiting(question);
            try {
                if (!answers.isEmpty()) {
                    answer(answers);
                }
            } catch (UncheckedIOException | IOException failure) {
                if (isTooLarge(failure)) {
                    outcome.tooLarge(question, answers);
                } else {
                    fail(answers, failure);
                }
            } catch (RuntimeException | Error failure) {
                // The failure may be anything: who waits is told, and the next one has its turn.
                fail(answers, failure);
            } finally {
                if (taken > 0) {
                    memory.give(taken);
                }
            }
        }

        private void answer(List<CompletableFuture<ListPage>> answers) throws IOException {
            if (taken == 0) {
                // Somebody asked after nobody did any more: for these there must be memory, too.
                ListTier.this.read(question, answers, expected);
                return;
            }
            ListPage page = source.read(question, memory, taken);
            taken = 0;
            outcome.read(question, page.hold().body().size());
            for (CompletableFuture<ListPage> answer : answers) {
                ListPage held = page.held();
                if (!answer.complete(held)) {
                    held.release();
                }
            }
            page.release();
        }

        @Override
        public void refused(RejectedExecutionException refused) {
            fail(takeWaiting(question), refused);
            if (taken > 0) {
                memory.give(taken);
            }
        }
    }

    private static boolean isTooLarge(Exception failure) {
        return failure instanceof BodyTooLargeException || failure.getCause() instanceof BodyTooLargeException;
    }

    private static void fail(List<CompletableFuture<ListPage>> answers, Throwable failure) {
        answers.forEach(answer -> answer.completeExceptionally(failure));
    }
}
