package org.machineregistry.fault;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** A user's open live list, which comes back as a browser does, and remembers what it ever showed. */
final class LiveList implements AutoCloseable {
    private static final int COMES_BACK_AFTER_MILLIS = 200;

    /** @param at of {@link System#nanoTime()} */
    record Seen(String type, String machineId, String state, long at) {}

    private final Replica replica;
    private final User user;
    private final Thread thread = new Thread(this::run, "live-list");
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Set<String> wereOnline = ConcurrentHashMap.newKeySet();
    private final List<Seen> wentOffline = new CopyOnWriteArrayList<>();
    private volatile int opened;
    private volatile int snapshots;
    private volatile long snapshotAt;
    private volatile boolean closed;
    private String event;

    LiveList(Replica replica, User user) {
        this.replica = replica;
        this.user = user;
        thread.setDaemon(true);
        thread.start();
        Awaitility.await().atMost(Api.PATIENCE).until(() -> snapshots > 0);
    }

    int opened() {
        return opened;
    }

    int snapshots() {
        return snapshots;
    }

    long snapshotAt() {
        return snapshotAt;
    }

    List<Seen> seen(String machineId) {
        return seen.stream().filter(one -> one.machineId.equals(machineId)).toList();
    }

    /** What was shown as offline after it had been online. */
    List<Seen> wentOffline() {
        return wentOffline;
    }

    String state(Registered machine) {
        return states.get(machine.machineId());
    }

    void awaitState(String state, Duration atMost, Collection<Registered> machines) {
        Awaitility.await()
                .alias(state)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> machines.stream().map(this::state).collect(toSet()), Set.of(state)::equals);
    }

    void awaitSnapshot(int number, Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(10)).until(() -> snapshots >= number);
    }

    private void run() {
        while (!closed) {
            try {
                HttpResponse<Stream<String>> answer = Api.HTTP.send(
                        Api.request(replica, "/api/machines/events", user.session).build(), BodyHandlers.ofLines());
                if (answer.statusCode() == 200) {
                    opened++;
                    answer.body().forEach(this::line);
                }
            } catch (IOException | UncheckedIOException broken) {
                // It comes back.
            } catch (InterruptedException stopping) {
                return;
            }
            pause();
        }
    }

    private void line(String line) {
        if (line.startsWith("event:")) {
            event = line.substring("event:".length()).trim();
        } else if (line.startsWith("data:")) {
            show(event, Api.json(line.substring("data:".length())));
        }
    }

    private void show(String type, JsonNode data) {
        if (type.equals("snapshot")) {
            data.forEach(entry -> show(new Seen(type, entry.get("machineId").textValue(), User.state(entry),
                    System.nanoTime())));
            snapshotAt = System.nanoTime();
            snapshots++;
        } else {
            String state = type.equals("removed") ? "removed" : User.state(data);
            show(new Seen(type, data.get("machineId").textValue(), state, System.nanoTime()));
        }
    }

    private void show(Seen one) {
        if (!one.type.equals("snapshot")) {
            seen.add(one);
        }
        states.put(one.machineId, one.state);
        if (one.state.equals("online")) {
            wereOnline.add(one.machineId);
        } else if (wereOnline.contains(one.machineId) && !one.state.equals("removed")) {
            wentOffline.add(one);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(COMES_BACK_AFTER_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
