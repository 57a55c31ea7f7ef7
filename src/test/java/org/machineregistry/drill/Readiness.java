package org.machineregistry.drill;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.machineregistry.fault.Api;
import org.machineregistry.fault.Replica;

/** Asks each replica all the time whether it is ready. */
final class Readiness {
    private static final long PAUSE_MILLIS = 150;

    private final Map<Replica, List<Long>> ready = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler;
    private volatile boolean finished;

    Readiness(List<Replica> replicas, ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        replicas.forEach(replica -> ready.put(replica, new CopyOnWriteArrayList<>()));
    }

    void start() {
        ready.keySet().forEach(this::ask);
    }

    void stop() {
        finished = true;
    }

    /** The first time it was asked after this one and said that it is ready; never where it did not. */
    long readyAfter(Replica replica, long time) {
        return ready.get(replica).stream().mapToLong(Long::longValue).filter(asked -> asked >= time)
                .findFirst().orElse(Timeline.NEVER);
    }

    private void ask(Replica replica) {
        if (finished) {
            return;
        }
        long asked = Timeline.now();
        Api.HTTP.sendAsync(Api.request(replica, "/q/health/ready", null)
                .timeout(Duration.ofMillis(Bounds.CLIENT_TIMEOUT)).build(), BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    if (failure == null && answer.statusCode() == 200) {
                        ready.get(replica).add(asked);
                    }
                    scheduler.schedule(() -> ask(replica), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                });
    }
}
