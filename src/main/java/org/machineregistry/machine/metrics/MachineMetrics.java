package org.machineregistry.machine.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.http.Problems;
import org.machineregistry.machine.list.ListPage;
import org.machineregistry.machine.list.ListTier;
import org.machineregistry.machine.list.Question;
import org.machineregistry.response.BodyMemory;

/** Reads machines as metrics: in turn, and held in a memory of their own, as large lists are. */
@ApplicationScoped
class MachineMetrics implements ListTier.Outcome {
    private static final long WAIT_SECONDS = 10;

    private final MetricsReader reader;
    private final ListTier tier;
    private final long largest;

    MachineMetrics(MetricsReader reader, Executor workers) {
        long heap = Runtime.getRuntime().maxMemory();
        this.reader = reader;
        this.largest = heap / 8;
        this.tier = new ListTier(this::page, workers, heap / 4, this);
    }

    /** Answers with what is held until whoever asked releases it. Who cancels an answer is not waited for. */
    CompletableFuture<ListPage> read(Question question) {
        CompletableFuture<ListPage> answer = new CompletableFuture<>();
        answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS);
        tier.read(question, List.of(answer), largest);
        return answer;
    }

    /** The answer to a caller without a credential. */
    static ListPage none() {
        try (ByteArrayOutputStream all = new ByteArrayOutputStream()) {
            for (byte[] piece : new MetricsWriter(Integer.MAX_VALUE).pieces()) {
                all.write(piece);
            }
            return ListPage.small(all.toByteArray(), null, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private ListPage page(Question question, BodyMemory memory, long taken) throws IOException {
        MetricsWriter written = reader.read(question, largest);
        return ListPage.large(memory.body(written.pieces(), written.size(), taken).hold(), null, null);
    }

    @Override
    public void read(Question question, long size) {
        // All are read alike, however large.
    }

    @Override
    public void tooLarge(Question question, List<CompletableFuture<ListPage>> answers) {
        answers.forEach(answer -> answer.completeExceptionally(
                Problems.invalid("owner", "has too many machines to be sent at once; ask for fewer of them")));
    }
}
