package org.machineregistry.machine.list;

import java.util.Optional;
import java.util.stream.Stream;

import org.machineregistry.http.Problems;
import org.machineregistry.text.NaturalOrder;

/** The order of a list; machines that are equal in that are in the order of their ids. */
record ListOrder(Key key, boolean descending) {
    static final ListOrder BY_NAME = new ListOrder(Key.NAME, false);
    private static final String DESCENDING = "-";

    enum Key {
        NAME("name", "sort_key"),
        // These times are as exact as the entries say them, so that the place of a page's last machine can be told from its entry.
        STATUS_SINCE("statusSince", "floor(extract(epoch from status_since) * 1000)::bigint"), LAST_SEEN("lastSeen",
                "floor(extract(epoch from last_heartbeat) * 1000)::bigint");

        final String label;
        final String column;

        Key(String label, String column) {
            this.label = label;
            this.column = column;
        }
    }

    static ListOrder parse(String text) {
        return find(text).orElseThrow(() -> Problems.invalid("sort",
                "must be name, statusSince or lastSeen, with - before it for the other way round"));
    }

    static Optional<ListOrder> find(String text) {
        boolean descending = text.startsWith(DESCENDING);
        String label = descending ? text.substring(1) : text;
        return Stream.of(Key.values()).filter(key -> key.label.equals(label))
                .map(key -> new ListOrder(key, descending)).findFirst();
    }

    /** Returns the terms that follow ORDER BY. */
    String sql() {
        String direction = descending ? " desc" : "";
        return key.column + direction + ", machine_id" + direction;
    }

    /** A condition for what comes after a place; its parameters are the value and the id. */
    String after() {
        return "(" + key.column + ", machine_id) " + (descending ? "<" : ">") + " (?, ?)";
    }

    /** Where a machine stands, as a cursor has it. */
    String placeOf(MachineView machine) {
        return switch (key) {
            case NAME -> NaturalOrder.withoutCase(machine.name());
            case STATUS_SINCE -> String.valueOf(machine.statusSince());
            case LAST_SEEN -> String.valueOf(machine.lastSeen());
        };
    }

    /** The same as the database compares it. @return empty where it is no such place */
    Optional<Object> valueOf(String place) {
        if (key == Key.NAME) {
            return Optional.of(NaturalOrder.keyOf(place));
        }
        return place.matches("-?[0-9]{1,18}") ? Optional.of(Long.valueOf(place)) : Optional.empty();
    }

    @Override
    public String toString() {
        return (descending ? DESCENDING : "") + key.label;
    }
}
