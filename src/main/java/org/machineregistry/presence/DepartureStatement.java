package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.machineregistry.batch.Columns;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;

/** Writes that machines left: one statement. What was heard of them since, by whichever replica, counts more. */
final class DepartureStatement {
    private static final String SQL = """
            with departed as (
              select machine_id, connection, reason, greatest(now() - age * interval '1 microsecond',
                timestamptz 'epoch' + floor * interval '1 microsecond') as departed_at
              from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                as d(machine_id, age, floor, connection, reason)),
            before as (
              select m.machine_id, m.status, m.offline_reason from machine m join departed d on d.machine_id = m.machine_id
              order by m.machine_id for no key update of m),
            written as (
              update machine m set status = 'offline', offline_reason = d.reason, disconnected_at = d.departed_at
              from departed d join before b on b.machine_id = d.machine_id
              where m.machine_id = d.machine_id
                and d.departed_at >= m.last_heartbeat
                and (d.connection = 0 or d.connection = m.connection_number)
                and (m.status = 'online' or d.reason = 'disconnected')
              returning m.owner, m.machine_id, b.offline_reason is distinct from m.offline_reason as changed)
            select (extract(epoch from now()) * 1000000)::bigint, w.* from (select) once left join written w on w.changed""";

    private DepartureStatement() {}

    /** Writes and announces, and leaves the commit to the caller. Answers are completed only after it. */
    static Runnable execute(Connection connection, List<Departure> batch, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            new Columns(connection, statement).planAnew()
                    .add("text", batch, departure -> departure.slot().machineId)
                    .add("bigint", batch, departure -> age(departure, now))
                    .add("bigint", batch, departure -> departure.slot().floorMicros())
                    .add("bigint", batch, Departure::connection)
                    .add("text", batch, Departure::reason);
            List<Change> changes = new ArrayList<>();
            long databaseNow = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    databaseNow = rows.getLong(1);
                    if (rows.getString("machine_id") != null) {
                        changes.add(new Change(Kind.OFFLINE, rows.getString("owner"), rows.getString("machine_id")));
                    }
                }
            }
            Announcements.announce(connection, changes);
            long databaseTime = databaseNow;
            return () -> batch.forEach(departure -> written(departure, databaseTime, now));
        }
    }

    private static void written(Departure departure, long databaseNow, long now) {
        departure.slot().written(departure.at(), databaseNow - age(departure, now));
        departure.slot().online = false;
        departure.answer().complete(null);
    }

    private static long age(Departure departure, long now) {
        return Math.max(0, (now - departure.at()) / 1_000);
    }
}
