package org.machineregistry.machine.list;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.http.Problems;
import org.machineregistry.identity.Owners;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Reads lists that are too large to be read whenever somebody asks. Middling ones do not wait for very large ones: each kind has
 * its own turns, and its own memory. Which lists are large is learnt by reading them.
 */
@ApplicationScoped
class LargeLists {
    /** A list with more entries, or more bytes, is large. */
    static final int SMALL_ROWS = 256;
    static final int SMALL_BYTES = 64 * 1024;

    private static final long MIDDLING_BYTES = 1024 * 1024;
    private static final long WAIT_SECONDS = 10;
    private static final int RETRY_SECONDS = 5;
    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final int MOST_OWNERS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Cache<Owners, Long> sizes = Caffeine.newBuilder()
            .maximumSize(MOST_OWNERS).expireAfterWrite(REMEMBERED).build();
    private final ListTier middling;
    private final ListTier huge;
    private final long hugeMemory;

    LargeLists(MachineReader reader, ListPages pages, Executor workers, MeterRegistry metrics) {
        long heap = Runtime.getRuntime().maxMemory();
        hugeMemory = heap / 8;
        middling = new ListTier(source(reader, pages, MIDDLING_BYTES), workers, heap / 16, new Middling());
        huge = new ListTier(source(reader, pages, heap / 4), workers, hugeMemory, new Huge());
        Gauge.builder("lists.large", () -> middling.taken() + huge.taken())
                .description("Bytes of large lists that are held until their readers have them")
                .baseUnit("bytes")
                .register(metrics);
    }

    private static ListTier.Source source(MachineReader reader, ListPages pages, long largest) {
        return (question, memory, taken) -> {
            ListWriter writer = pages.writer(question.query(), largest);
            reader.each(question.owners(), question.query(), writer::add);
            writer.close();
            return pages.of(writer, question.query(), memory, taken);
        };
    }

    /** Whether this list was large when it was last read. */
    boolean isKnown(Question question) {
        return question.isForAll() && sizes.getIfPresent(question.owners()) != null;
    }

    /**
     * Answers with a page that is held until whoever asked releases it. Who cancels an answer is not waited for. Fails
     * where the list could not be read in time ({@link #problemOf}), or is too large to be read whole.
     */
    void read(Question question, List<CompletableFuture<ListPage>> answers) {
        for (CompletableFuture<ListPage> answer : answers) {
            answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS);
        }
        Long size = question.isForAll() ? sizes.getIfPresent(question.owners()) : null;
        if (size == null || size <= MIDDLING_BYTES) {
            middling.read(question, answers, MIDDLING_BYTES);
        } else {
            huge.read(question, answers, Math.min(size, hugeMemory));
        }
    }

    /** Makes the problem of a list that could not be read in time: nobody did so yet. */
    static Throwable problemOf(Throwable failure) {
        return failure instanceof TimeoutException
                ? Problems.unavailable(RETRY_SECONDS, "Too many large lists are asked for. Try again shortly.")
                : failure;
    }

    private void learn(Question question, long size) {
        if (!question.isForAll()) {
            return;
        }
        // So many entries as make a list large have more bytes than half of it.
        if (size > SMALL_BYTES / 2) {
            sizes.put(question.owners(), size);
        } else {
            sizes.invalidate(question.owners());
        }
    }

    private class Middling implements ListTier.Outcome {
        @Override
        public void read(Question question, long size) {
            learn(question, size);
        }

        @Override
        public void tooLarge(Question question, List<CompletableFuture<ListPage>> answers) {
            learn(question, UNKNOWN);
            // Nobody knows how large it is: it has the memory for itself.
            huge.read(question, answers, hugeMemory);
        }
    }

    private class Huge implements ListTier.Outcome {
        @Override
        public void read(Question question, long size) {
            learn(question, size);
        }

        @Override
        public void tooLarge(Question question, List<CompletableFuture<ListPage>> answers) {
            answers.forEach(answer -> answer.completeExceptionally(
                    Problems.invalid("limit", "is needed: the list is too large to be sent whole")));
        }
    }
}
