package org.machineregistry.machine.list;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.HeldQueries;
import org.machineregistry.identity.Owners;
import org.machineregistry.response.SharedBody;

/**
 * Whole lists, as JSON. Small ones of one owner each are read together, in one statement, and those of several owners, or
 * of some of their machines, by themselves; large ones in turn with all others.
 */
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
     * Reads those of these lists that are small. Blocks.
     *
     * @return the list of each; large ones are not among them
     */
    public Map<Question, byte[]> readSmall(Set<Question> wanted) {
        Map<Question, byte[]> lists = new HashMap<>();
        List<Question> asked = wanted.stream().filter(question -> !large.isKnown(question)).toList();
        Map<Boolean, List<Question>> together = asked.stream()
                .collect(Collectors.partitioningBy(question -> question.isForAll() && question.owners().isOne()));
        Set<String> ones = together.get(true).stream().map(question -> question.owners().only())
                .collect(Collectors.toSet());
        if (!ones.isEmpty()) {
            SmallLists small = new SmallLists(ones, pages);
            reader.eachOf(ones, LargeLists.SMALL_ROWS + 1, small);
            small.end().forEach((owner, list) -> lists.put(Question.forAll(Owners.of(owner)), list));
        }
        together.get(false).forEach(question -> readSmall(question, lists));
        return lists;
    }

    private void readSmall(Question question, Map<Question, byte[]> lists) {
        List<MachineView> rows = reader.list(question.owners(), question.query(), LargeLists.SMALL_ROWS + 1);
        byte[] list = rows.size() > LargeLists.SMALL_ROWS ? null : pages.of(rows, question.query()).bytes();
        if (list != null && list.length <= LargeLists.SMALL_BYTES) {
            lists.put(question, list);
        }
    }

    /**
     * This list, whatever its size, held for the caller, who cancels what is no longer wanted. A problem says why there is none.
     */
    public CompletableFuture<SharedBody.Hold> readLarge(Question question) {
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
        large.read(question, List.of(answer));
        return list;
    }
}
