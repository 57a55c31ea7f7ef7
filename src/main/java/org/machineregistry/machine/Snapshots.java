package org.machineregistry.machine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.HeldQueries;
import org.machineregistry.response.SharedBody;

/** Whole lists of many owners, as JSON: small ones are read together, in one statement, large ones in turn with all others. */
@ApplicationScoped
public class Snapshots {
    private final MachineReader reader;
    private final ListPages pages;
    private final LargeLists large;

    Snapshots(DataSource database, ListPages pages, LargeLists large) {
        this.reader = new MachineReader(new HeldQueries(database));
        this.pages = pages;
        this.large = large;
    }

    /**
     * Reads the lists of these owners that are small. Blocks.
     *
     * @return the list of each owner; owners of large lists are not among them
     */
    public Map<String, byte[]> readSmall(Set<String> owners) {
        Set<String> asked = owners.stream()
                .filter(owner -> !large.isKnown(Question.forAll(owner)))
                .collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return Map.of();
        }
        SmallLists small = new SmallLists(asked, pages);
        reader.eachOf(asked, LargeLists.SMALL_ROWS + 1, small);
        return small.end();
    }

    /**
     * The list of an owner, whatever its size, held for the caller, who cancels what is no longer wanted. A problem says why there
     * is none.
     */
    public CompletableFuture<SharedBody.Hold> readLarge(String owner) {
        CompletableFuture<ListPage> answer = new CompletableFuture<>();
        CompletableFuture<SharedBody.Hold> list = new CompletableFuture<>();
        answer.whenComplete((page, failure) -> {
            if (failure != null) {
                list.completeExceptionally(LargeLists.problemOf(failure));
            } else if (!list.complete(page.hold())) {
                page.release();
            }
        });
        list.whenComplete((hold, failure) -> answer.cancel(false));
        large.read(Question.forAll(owner), List.of(answer));
        return list;
    }
}
