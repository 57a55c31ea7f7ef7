package org.machineregistry.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.machineregistry.database.RequestCoalescer;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.machine.list.Question;
import org.machineregistry.machine.list.Snapshots;
import org.machineregistry.response.SharedBody;

/**
 * Reads the snapshots that streams wait for: small lists together, a round at a time, and large ones each in its turn. Changes of
 * other streams wait for neither.
 */
@ApplicationScoped
class SnapshotReader {
    private static final Logger LOG = Logger.getLogger(SnapshotReader.class);

    // After an outage all come back at once, and not all of their lists need fit into memory together.
    private static final int LISTS_AT_ONCE = 100;

    /** Somebody waits for these answers. */
    private record Wanted(SnapshotRequest request, Consumer<SnapshotAnswer> given, Consumer<Throwable> failed) {
        private Question question() {
            return request.subscription().question;
        }
    }

    private final Snapshots snapshots;
    private final FeedEvents events;
    private final RequestCoalescer<Wanted> rounds;

    SnapshotReader(Snapshots snapshots, FeedEvents events, ExecutorService workers) {
        this.snapshots = snapshots;
        this.events = events;
        this.rounds = new RequestCoalescer<>(workers, this::read, (wanted, failure) -> wanted.failed().accept(failure));
    }

    /** Never blocks. */
    void read(SnapshotRequest request, Consumer<SnapshotAnswer> given, Consumer<Throwable> failed) {
        rounds.add(new Wanted(request, given, failed));
    }

    private void read(List<Wanted> all) {
        Map<Question, List<Wanted>> byQuestion = new HashMap<>();
        for (Wanted one : all) {
            if (!one.request().subscription().isOver()) {
                byQuestion.computeIfAbsent(one.question(), question -> new ArrayList<>()).add(one);
            }
        }
        List<Question> wanted = List.copyOf(byQuestion.keySet());
        for (int from = 0; from < wanted.size(); from += LISTS_AT_ONCE) {
            Set<Question> some = Set.copyOf(wanted.subList(from, Math.min(wanted.size(), from + LISTS_AT_ONCE)));
            try {
                give(snapshots.readSmall(some), some, byQuestion);
            } catch (RuntimeException failure) {
                LOG.warnf("The live list could not be read: %s", failure);
                some.forEach(question -> fail(byQuestion.get(question), failure));
            }
        }
    }

    private void give(Map<Question, byte[]> lists, Set<Question> some, Map<Question, List<Wanted>> byQuestion) {
        for (Question question : some) {
            byte[] list = lists.get(question);
            if (list == null) {
                readLarge(question, byQuestion.get(question));
            } else {
                FeedEvent snapshot = events.snapshot(list);
                byQuestion.get(question).forEach(
                        wanted -> wanted.given().accept(new SnapshotAnswer(wanted.request(), snapshot, null)));
            }
        }
    }

    private void readLarge(Question question, List<Wanted> all) {
        CompletableFuture<SharedBody.Hold> list = snapshots.readLarge(question);
        list.whenComplete((hold, failure) -> {
            if (failure == null) {
                FeedEvent snapshot = events.snapshot(hold.body());
                all.forEach(wanted -> wanted.given()
                        .accept(new SnapshotAnswer(wanted.request(), snapshot, hold.body().hold())));
                hold.release();
                return;
            }
            // That too many large lists are asked for is told to who asks, and is no news.
            if (!(failure instanceof HttpProblem)) {
                LOG.warnf("The live list could not be read: %s", failure);
            }
            fail(all, failure);
        });
    }

    private static void fail(List<Wanted> all, Throwable failure) {
        all.forEach(wanted -> wanted.failed().accept(failure));
    }
}
