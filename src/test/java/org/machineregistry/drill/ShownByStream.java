package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.machineregistry.drill.Spans.Span;
import org.machineregistry.drill.StreamWatcher.Event;

/** What a stream showed of each machine, and from when to when. */
final class ShownByStream {
    /** @param since when it began to show this state, also where it was closed or showed a snapshot meanwhile */
    record Shown(State state, long since, long from, long until) {}

    private final Set<String> machineIds;
    private final Map<String, List<Shown>> machines = new HashMap<>();
    private final Map<String, Shown> now = new HashMap<>();
    private final List<Span> away = new ArrayList<>();
    private final List<Span> open = new ArrayList<>();
    private long awaySince = -1;
    private long openSince = -1;

    private ShownByStream(Set<String> machineIds) {
        this.machineIds = machineIds;
        machineIds.forEach(id -> machines.put(id, new ArrayList<>()));
    }

    static ShownByStream of(List<Event> events, Set<String> machineIds, long end) {
        ShownByStream shown = new ShownByStream(machineIds);
        events.stream().filter(event -> event.at() < end).forEach(shown::read);
        shown.close(end);
        return shown;
    }

    Map<String, List<Shown>> machines() {
        return machines;
    }

    /** When it said that its replica cannot reach the database. */
    Spans away() {
        return Spans.of(away);
    }

    /** When it was open, from its first snapshot. */
    Spans open() {
        return Spans.of(open);
    }

    private void read(Event event) {
        switch (event.type()) {
            case OPENED -> {
                // It shows nothing before its snapshot.
            }
            case CLOSED -> close(event.at());
            case AWAY -> awaySince = awaySince < 0 ? event.at() : awaySince;
            case BACK -> back(event.at());
            case SNAPSHOT -> {
                openSince = openSince < 0 ? event.at() : openSince;
                machineIds.forEach(id -> show(id, event.shown().getOrDefault(id, State.MISSING), event.at()));
            }
            case MACHINE -> event.shown().forEach((id, state) -> show(id, state, event.at()));
        }
    }

    private void show(String id, State state, long at) {
        if (machineIds.contains(id)) {
            Shown before = now.get(id);
            end(id, at);
            now.put(id, new Shown(state, before != null && before.state == state ? before.since : at, at, -1));
        }
    }

    private void end(String id, long at) {
        Shown shown = now.get(id);
        if (shown != null && shown.from >= 0) {
            machines.get(id).add(new Shown(shown.state, shown.since, shown.from, at));
        }
    }

    private void back(long at) {
        if (awaySince >= 0) {
            away.add(new Span(awaySince, at));
            awaySince = -1;
        }
    }

    private void close(long at) {
        machineIds.forEach(id -> {
            end(id, at);
            now.computeIfPresent(id, (same, shown) -> new Shown(shown.state, shown.since, -1, -1));
        });
        back(at);
        if (openSince >= 0) {
            open.add(new Span(openSince, at));
            openSince = -1;
        }
    }
}
