package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;

/**
 * Finds the silent, in one statement that any replica may run at any time. A lost machine says no goodbye; silence is the only
 * sign. What others are just writing is skipped, and looked at again in a moment.
 */
final class Sweep {
    private static final String SQL = """
            with silent as (
              select machine_id from machine
              where status = 'online'
                and last_heartbeat < now() - ttl_seconds * interval '1 second' - ? * interval '1 microsecond'
                and ttl_seconds * 1000000::bigint <= ?
              for no key update skip locked),
            swept as (
              update machine m set status = 'offline', offline_reason = 'missed_heartbeats'
              from silent s where s.machine_id = m.machine_id
              returning m.owner, m.machine_id)
            select (extract(epoch from now()) * 1000000)::bigint, swept.*
            from (select) once left join swept on true""";

    /** @param at of the database's clock, microseconds since the epoch */
    record Result(int silent, long at) {}

    private Sweep() {}

    /**
     * @param graceMicros how long a heartbeat may be on its way to the database
     * @param hearingMicros for how long machines could be heard; whose ttl is longer is not yet judged
     * @return how many were found silent, and when; the commit is the caller's
     */
    static Result execute(Connection connection, Duration grace, long hearingMicros) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, grace.toNanos() / 1_000);
            statement.setLong(2, hearingMicros);
            List<Change> changes = new ArrayList<>();
            long at = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    at = rows.getLong(1);
                    if (rows.getString(2) != null) {
                        changes.add(new Change(Kind.OFFLINE, rows.getString(2), rows.getString(3)));
                    }
                }
            }
            Announcements.announce(connection, changes);
            return new Result(changes.size(), at);
        }
    }

    static long countOnline(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("select count(*) from machine where status = 'online'");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
