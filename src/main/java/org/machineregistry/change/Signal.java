package org.machineregistry.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;

/**
 * A word of one replica to the others about a machine that changes nothing: who misses it misses nothing else. Fired as an event
 * at every replica, on the listener's thread: be quick.
 *
 * @param kind by its name; one that a replica does not know means nothing to it
 * @param id of what it is about
 * @param value a number that goes with it
 */
public record Signal(String kind, String machineId, String id, long value) {
    /** It has a channel of its own, because replicas of the version before would take it for a resync. */
    static final String CHANNEL = "machine_signal";

    /** Sends them with the transaction of this connection. */
    public static void send(Connection connection, List<Signal> signals) throws SQLException {
        try (PreparedStatement notify = connection
                .prepareStatement("select pg_notify(?, payload) from unnest(?) payload")) {
            notify.setString(1, CHANNEL);
            notify.setArray(2, connection.createArrayOf("text", signals.stream().map(Signal::encode).toArray()));
            notify.execute();
        }
    }

    private String encode() {
        return JsonArray.of(kind, machineId, id, value).encode();
    }

    /** Reads a payload; gives nothing for one that this version does not understand. */
    static Optional<Signal> decode(String payload) {
        try {
            JsonArray parts = new JsonArray(payload);
            return parts.size() < 4
                    ? Optional.empty()
                    : Optional.of(new Signal(parts.getString(0), parts.getString(1), parts.getString(2),
                            parts.getLong(3)));
        } catch (DecodeException | ClassCastException | NullPointerException unknown) {
            return Optional.empty();
        }
    }
}
