package org.machineregistry.machine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.batch.Rounds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.smallrye.mutiny.Uni;

/**
 * Reads lists. Whoever asks for a list that is being read shares the next read with all others who do: it starts after they
 * asked, so that nobody is shown what is older than the question. Many front ends that come back in one moment, or a list of
 * ten thousand that is asked for again and again, cost one statement at a time.
 */
@ApplicationScoped
class ListReads {
    // A question has 2 KiB at most: 4 MiB in all. By count, because the native executable has no cache that weighs.
    private static final int MOST_LISTS = 2_000;

    /** Of one owner's one question. Where one is forgotten too early, two are read at a time, and no harm is done. */
    private final Cache<Question, Rounds<CompletableFuture<ListPage>>> reads = Caffeine.newBuilder()
            .maximumSize(MOST_LISTS)
            .build();
    private final MachineReader reader;
    private final ListPages pages;
    private final Executor workers;

    private record Question(String owner, ListQuery query) {}

    ListReads(MachineReader reader, ListPages pages, Executor workers) {
        this.reader = reader;
        this.pages = pages;
        this.workers = workers;
    }

    /** Fails when the database cannot be reached. */
    Uni<ListPage> read(String owner, ListQuery query) {
        CompletableFuture<ListPage> answer = new CompletableFuture<>();
        reads.get(new Question(owner, query), this::rounds).add(answer);
        return Uni.createFrom().completionStage(answer);
    }

    private Rounds<CompletableFuture<ListPage>> rounds(Question question) {
        return new Rounds<>(workers, answers -> {
            ListPage page = pages.of(reader.list(question.owner(), question.query()), question.query());
            answers.forEach(answer -> answer.complete(page));
        }, CompletableFuture::completeExceptionally);
    }
}
