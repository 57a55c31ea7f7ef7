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
import org.machineregistry.machine.Snapshots;
import org.machineregistry.response.SharedBody;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * Reads the snapshots that streams wait for: small lists of many owners together, a round at a time, and large ones each in its
 * owner's turn. Changes of other streams wait for neither.
 */
@ApplicationScoped
class SnapshotReader {
    private static final Logger LOG = Logger.getLogger(SnapshotReader.class);

    // After an outage all come back at once, and not all of their lists need fit into memory together.
    private static final int OWNERS_AT_ONCE = 100;

    /** Somebody waits for these answers. */
    private record Wanted(SnapshotRequest request, Consumer<SnapshotAnswer> given, Consumer<Throwable> failed) {
        private String owner() {
            return request.subscription().user.id();
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
        Map<String, List<Wanted>> byOwner = new HashMap<>();
        for (Wanted wanted : all) {
            if (!wanted.request().subscription().isOver()) {
                byOwner.computeIfAbsent(wanted.owner(), owner -> new ArrayList<>()).add(wanted);
            }
        }
        List<String> owners = List.copyOf(byOwner.keySet());
        for (int from = 0; from < owners.size(); from += OWNERS_AT_ONCE) {
            Set<String> some = Set.copyOf(owners.subList(from, Math.min(owners.size(), from + OWNERS_AT_ONCE)));
            try {
                give(snapshots.readSmall(some), some, byOwner);
            } catch (RuntimeException failure) {
                LOG.warnf("The live list could not be read: %s", failure);
                some.forEach(owner -> fail(byOwner.get(owner), failure));
            }
        }
    }

    private void give(Map<String, byte[]> lists, Set<String> owners, Map<String, List<Wanted>> byOwner) {
        for (String owner : owners) {
            byte[] list = lists.get(owner);
            if (list == null) {
                readLarge(owner, byOwner.get(owner));
            } else {
                FeedEvent snapshot = events.snapshot(list);
                byOwner.get(owner)
                        .forEach(
                                wanted -> wanted.given().accept(new SnapshotAnswer(wanted.request(), snapshot, null)));
            }
        }
    }

    private void readLarge(String owner, List<Wanted> all) {
        CompletableFuture<SharedBody.Hold> list = snapshots.readLarge(owner);
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
