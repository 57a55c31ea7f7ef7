package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

/** A person who has nothing to do with what others do: how long they wait for lists, heartbeats and events. */
final class Bystander implements AutoCloseable {
    private static final int EVERY_MILLIS = 50;

    private final Replica replica;
    private final User user;
    private final Registered machine;
    private final LiveList live;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(3);
    private final Map<String, List<Long>> millis = new TreeMap<>();
    private final Map<String, Long> usual = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private boolean renamed;

    Bystander(Replica replica) {
        this.replica = replica;
        user = User.at(replica);
        machine = user.register(replica);
        live = new LiveList(replica, user);
        every("list", () -> Api.send(Api.request(replica, "/api/machines", user.session).build()).statusCode());
        every("heartbeat", () -> {
            HttpRequest beat = Api.post(replica, "/api/agent/heartbeat", machine.token(), null);
            return Api.send(beat).statusCode();
        });
        every("event", this::change);
    }

    private interface Step {
        int run() throws Exception;
    }

    private void every(String what, Step step) {
        clock.scheduleWithFixedDelay(() -> {
            long began = System.nanoTime();
            try {
                int status = step.run();
                if (status != 200) {
                    fail(what + ": " + status);
                }
            } catch (Exception | AssertionError failure) {
                fail(what + ": " + failure);
            }
            took(what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Renames the machine, and waits until the stream shows that something happened. */
    private int change() {
        int before = live.seen(machine.machineId()).size();
        renamed = !renamed;
        HttpRequest rename = Api.request(replica, "/api/machines/" + machine.machineId(), user.session)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\":\"" + (renamed ? "a" : "b") + "\"}"))
                .build();
        int status = Api.send(rename).statusCode();
        Awaitility.await().atMost(Api.PATIENCE).pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> live.seen(machine.machineId()).size() > before);
        return status;
    }

    private synchronized void took(String what, long duration) {
        millis.computeIfAbsent(what, any -> new ArrayList<>()).add(duration);
    }

    private synchronized void fail(String failure) {
        failures.add(failure);
    }

    /** What was measured so far was before what is measured now. */
    synchronized void forget() {
        millis.clear();
    }

    /** What was measured so far is usual here. */
    synchronized void setUsual() {
        millis.forEach((what, all) -> usual.put(what, at(1, all)));
    }

    /** @param slower than usual, as a factor, which counts where the usual is slow */
    synchronized void assertServed(long latestMillis, int slower) {
        assertTrue(failures.isEmpty(), failures::toString);
        assertTrue(millis.size() == 3, millis::toString);
        millis.forEach((what, all) -> assertTrue(
                at(0.99, all) <= Math.max(latestMillis, slower * usual.getOrDefault(what, 0L)), this::toString));
    }

    private static long at(double share, List<Long> all) {
        List<Long> sorted = all.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        millis.forEach((what, all) -> text.append(String.format("%s p50 %d, p99 %d, at most %d ms of %d; ", what,
                at(0.5, all), at(0.99, all), at(1, all), all.size())));
        return text.toString();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        live.close();
    }
}
