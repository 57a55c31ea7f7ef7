package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

/** Thousands of machines of one person, which beat over HTTP one after another, again and again. */
final class BeatingCrowd implements AutoCloseable {
    private static final int REGISTERED_AT_ONCE = 1_000;
    private static final int UNDER_WAY = 64;
    private static final long BETWEEN_ROUNDS_MILLIS = 1_000;

    final List<Registered> machines = new ArrayList<>();
    private final Replica replica;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile int heardRounds;

    /** @param count a multiple of 1,000 */
    BeatingCrowd(Replica replica, User user, int count) {
        this.replica = replica;
        String array = "[" + String.join(",", Collections.nCopies(REGISTERED_AT_ONCE, "{\"name\":\"machine\"}")) + "]";
        while (machines.size() < count) {
            HttpResponse<String> answer = Api.send(Api.post(replica, "/api/machines", user.session, array));
            assertEquals(201, answer.statusCode(), answer.body());
            Api.json(answer.body()).forEach(each -> machines.add(Registered.of(each.toString())));
        }
    }

    BeatingCrowd start() {
        clock.scheduleWithFixedDelay(this::beat, 0, BETWEEN_ROUNDS_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    private void beat() {
        Semaphore free = new Semaphore(UNDER_WAY);
        AtomicInteger heard = new AtomicInteger();
        for (Registered machine : machines) {
            free.acquireUninterruptibly();
            Api.HTTP.sendAsync(Api.post(replica, "/api/agent/heartbeat", machine.token(), null),
                    BodyHandlers.discarding())
                    .whenComplete((answer, failure) -> {
                        if (failure == null && answer.statusCode() == 200) {
                            heard.incrementAndGet();
                        }
                        free.release();
                    });
            if (clock.isShutdown()) {
                return;
            }
        }
        free.acquireUninterruptibly(UNDER_WAY);
        if (heard.get() == machines.size()) {
            heardRounds++;
        }
    }

    /** Waits until all of them were heard in one round more. */
    void awaitHeard() {
        int before = heardRounds;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> heardRounds > before);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
