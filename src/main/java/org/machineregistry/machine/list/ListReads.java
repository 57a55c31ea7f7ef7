package org.machineregistry.machine.list;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.RequestCoalescer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Reads lists. Whoever asks for a list that is being read shares the next read with all others who do: it starts after they
 * asked, so that nobody is shown what is older than the question. Many front ends that come back in one moment, or a list of
 * ten thousand that is asked for again and again, cost one statement at a time.
 */
@ApplicationScoped
class ListReads {
    // A question is as long as the line of a request at most, and so has 10 KiB: 20 MiB in all, and far less of those that are asked
    // in earnest. By count, because the native executable has no cache that weighs.
    private static final int MOST_LISTS = 2_000;

    /** The reads of each question. Where one is forgotten too early, two are read at a time, and no harm is done. */
    private final Cache<Question, RequestCoalescer<CompletableFuture<ListPage>>> reads = Caffeine.newBuilder()
            .maximumSize(MOST_LISTS)
            .build();
    private final MachineReader reader;
    private final ListPages pages;
    private final LargeLists large;
    private final Executor workers;

    ListReads(MachineReader reader, ListPages pages, LargeLists large, Executor workers) {
        this.reader = reader;
        this.pages = pages;
        this.large = large;
        this.workers = workers;
    }

    /** Fails when the database cannot be reached. A page is released by who asked for it, and an answer cancelled by who leaves. */
    CompletableFuture<ListPage> read(Question question) {
        CompletableFuture<ListPage> answer = new CompletableFuture<>();
        if (large.isKnown(question)) {
            large.read(question, List.of(answer));
        } else {
            reads.get(question, this::rounds).add(answer);
        }
        return answer;
    }

    private RequestCoalescer<CompletableFuture<ListPage>> rounds(Question question) {
        return new RequestCoalescer<>(workers, answers -> {
            Optional<ListPage> page = readSmall(question);
            if (page.isPresent()) {
                answers.forEach(answer -> answer.complete(page.get()));
            } else {
                large.read(question, answers);
            }
        }, CompletableFuture::completeExceptionally);
    }

    /** @return empty where the list is large */
    private Optional<ListPage> readSmall(Question question) {
        ListQuery query = question.query();
        List<MachineView> rows = reader.list(question.owners(), query, LargeLists.SMALL_ROWS + 1);
        if (rows.size() > LargeLists.SMALL_ROWS) {
            return Optional.empty();
        }
        return Optional.of(pages.of(rows, query)).filter(page -> page.bytes().length <= LargeLists.SMALL_BYTES);
    }
}
