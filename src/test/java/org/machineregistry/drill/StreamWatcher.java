package org.machineregistry.drill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.machineregistry.fault.EventStream;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User;

import com.fasterxml.jackson.databind.JsonNode;

/** Remembers all that one replica's stream shows. */
final class StreamWatcher implements EventStream.Listener, AutoCloseable {
    enum Type {
        OPENED, CLOSED, AWAY, BACK, SNAPSHOT, MACHINE
    }

    /** @param shown the states of the machines that it tells of: all of them in a snapshot */
    record Event(Type type, long at, Map<String, State> shown) {}

    final Replica replica;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final EventStream stream;
    private volatile Consumer<Event> listener = event -> {
    };

    StreamWatcher(Replica replica, User user) {
        this.replica = replica;
        this.stream = new EventStream(replica, user, this).start();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** Tells this one of what comes from now on. */
    void tell(Consumer<Event> other) {
        listener = other;
    }

    @Override
    public void onOpen() {
        add(Type.OPENED, Map.of());
    }

    @Override
    public void onClose() {
        add(Type.CLOSED, Map.of());
    }

    @Override
    public void onEvent(String type, JsonNode data) {
        switch (type) {
            case "snapshot" -> add(Type.SNAPSHOT, states(data));
            case "machine" -> add(Type.MACHINE, Map.of(data.get("machineId").textValue(), state(data)));
            case "removed" -> add(Type.MACHINE, Map.of(data.get("machineId").textValue(), State.MISSING));
            case "away" -> add(Type.AWAY, Map.of());
            case "back" -> add(Type.BACK, Map.of());
            default -> {
                // It says nothing of machines.
            }
        }
    }

    static Map<String, State> states(JsonNode list) {
        Map<String, State> states = new HashMap<>();
        list.forEach(entry -> states.put(entry.get("machineId").textValue(), state(entry)));
        return states;
    }

    private static State state(JsonNode entry) {
        return State.of(User.state(entry));
    }

    private void add(Type type, Map<String, State> shown) {
        Event event = new Event(type, Timeline.now(), shown);
        events.add(event);
        listener.accept(event);
    }

    @Override
    public void close() {
        stream.close();
    }
}
