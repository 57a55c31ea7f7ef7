package org.machineregistry.fault;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** A user's open live list, which comes back as a browser does, and remembers what it ever showed. */
final class LiveList implements EventStream.Listener, AutoCloseable {
    /** @param at of {@link System#nanoTime()} */
    record Seen(String type, String machineId, String state, long at) {}

    private final EventStream stream;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Set<String> wereOnline = ConcurrentHashMap.newKeySet();
    private final List<Seen> wentOffline = new CopyOnWriteArrayList<>();
    private volatile int opened;
    private volatile int closed;
    private volatile int snapshots;
    private volatile long snapshotAt;

    LiveList(Endpoint replica, User user) {
        this(replica, user, "");
    }

    /** @param query which machines it shows */
    LiveList(Endpoint replica, User user, String query) {
        stream = new EventStream(replica, user, query, this).start();
        Awaitility.await().atMost(Api.PATIENCE).until(() -> snapshots > 0);
    }

    int opened() {
        return opened;
    }

    int closed() {
        return closed;
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

    @Override
    public void onOpen() {
        opened++;
    }

    @Override
    public void onClose() {
        // It comes back, where it is let in.
        closed++;
    }

    @Override
    public void onEvent(String type, JsonNode data) {
        switch (type) {
            case "snapshot", "machine", "removed" -> show(type, data);
            default -> {
                // It says nothing of machines.
            }
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

    @Override
    public void close() {
        stream.close();
    }
}
