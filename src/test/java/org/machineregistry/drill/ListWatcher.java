package org.machineregistry.drill;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.machineregistry.fault.Api;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User;

/** Asks one replica for the list, once a second, and remembers what it says. */
final class ListWatcher implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 10_000;

    /** @param status 0 where there was no answer */
    record Answer(long asked, long answered, int status, Map<String, State> shown) {}

    final Replica replica;
    private final User user;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> asking;

    ListWatcher(Replica replica, User user, ScheduledExecutorService scheduler) {
        this.replica = replica;
        this.user = user;
        this.asking = scheduler.scheduleAtFixedRate(this::ask, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** In the order in which they were asked for. */
    List<Answer> answers() {
        return answers.stream().sorted(Comparator.comparingLong(Answer::asked)).toList();
    }

    private void ask() {
        long asked = Timeline.now();
        Api.HTTP.sendAsync(Api.request(replica, "/api/machines", user.session)
                .timeout(Duration.ofMillis(PATIENCE_MILLIS)).build(), BodyHandlers.ofString())
                .whenComplete((answer, failure) -> answers.add(failure == null
                        ? read(asked, answer)
                        : new Answer(asked, Timeline.now(), 0, Map.of())));
    }

    private static Answer read(long asked, HttpResponse<String> answer) {
        long answered = Timeline.now();
        return new Answer(asked, answered, answer.statusCode(),
                answer.statusCode() == 200 ? StreamWatcher.states(Api.json(answer.body())) : Map.of());
    }

    @Override
    public void close() {
        asking.cancel(false);
    }
}
