package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;

/**
 * Finds the silent in one statement that any replica may run at any time. A lost machine says no goodbye; silence is the only
 * sign. It suspects a machine a second before its ttl is over, so that its silence was seen before when it is judged. A row that somebody has locked is left out: what was heard of its machine cannot be written just then.
 */
final class SweepStatement {
    private static final String CLOCK = """
            select micros + least(greatest((extract(epoch from clock_timestamp() - as_of) * 1000000)::bigint, 0), %d) as micros
            from presence_clock""".formatted(PresenceClock.OLDEST_MICROS);
    private static final String ADVANCE = "with clock as (" + CLOCK + """
            \sfor no key update skip locked),
            advanced as (
              update presence_clock p set micros = ?, as_of = clock_timestamp() from clock c where c.micros < ?)
            """;
    private static final String LOOK = ADVANCE + """
            select (extract(epoch from clock_timestamp()) * 1000000)::bigint as epoch_micros,
              (select micros from clock) as clock_micros, null::text as machine_id, null::text as owner""";
    private static final String SQL = ADVANCE + """
            , silent as (
              select m.machine_id, m.heard_micros,
                suspect.heard_micros = m.heard_micros
                  and m.heard_micros < ? - m.ttl_seconds * 1000000::bigint as was_silent
              from machine m left join unnest(?::text[], ?::bigint[]) as suspect(machine_id, heard_micros)
                on suspect.machine_id = m.machine_id
              where m.status = 'online'
                and m.heard_micros < ? - (m.ttl_seconds - 1) * 1000000::bigint
                and m.ttl_seconds * 1000000::bigint <= ?
              for no key update of m skip locked),
            swept as (
              update machine m set status = 'offline', offline_reason = 'missed_heartbeats', shared = false
              from silent s where s.machine_id = m.machine_id and s.was_silent
              returning m.owner, m.machine_id)
            select (extract(epoch from clock_timestamp()) * 1000000)::bigint as epoch_micros,
              (select micros from clock) as clock_micros, s.machine_id, s.heard_micros, swept.owner
            from (select) once left join silent s on true left join swept on swept.machine_id = s.machine_id""";

    /**
     * What a sweep found.
     *
     * @param epochMicros the database's time of day
     * @param clockMicros the presence clock's number, null where somebody else was just moving it on
     * @param suspects the machines that are silent and were not when it was looked before, with when they were last heard
     * @param swept how many were silent both times, and are offline now
     */
    record Result(long epochMicros, Long clockMicros, Map<String, Long> suspects, int swept) {}

    private SweepStatement() {}

    /**
     * Writes and announces. Where there was nothing to announce, the commit is left to the caller.
     *
     * @param now of the presence clock
     * @param graceMicros how long a heartbeat may be on its way to the database
     * @param suspects the machines that were silent before, long enough ago for every replica to have written what it heard
     * @param hearingMicros for how long machines could be heard; whose ttl is longer is not yet judged
     */
    static Result execute(Connection connection, long now, long graceMicros, Map<String, Long> suspects,
            long hearingMicros) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, now);
            statement.setLong(2, now);
            statement.setLong(3, now - graceMicros);
            statement.setArray(4, connection.createArrayOf("text", suspects.keySet().toArray()));
            statement.setArray(5, connection.createArrayOf("bigint", suspects.values().toArray()));
            statement.setLong(6, now);
            statement.setLong(7, hearingMicros);
            try (ResultSet rows = statement.executeQuery()) {
                return read(connection, rows);
            }
        }
    }

    /** Moves the presence clock on, which shows that the database can be written, and judges nobody. */
    static Result look(Connection connection, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, now);
            statement.setLong(2, now);
            try (ResultSet rows = statement.executeQuery()) {
                return read(connection, rows);
            }
        }
    }

    private static Result read(Connection connection, ResultSet rows) throws SQLException {
        long epochMicros = 0;
        Long clockMicros = null;
        Map<String, Long> silent = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        while (rows.next()) {
            epochMicros = rows.getLong("epoch_micros");
            clockMicros = rows.getObject("clock_micros", Long.class);
            String machineId = rows.getString("machine_id");
            String owner = rows.getString("owner");
            if (owner != null) {
                changes.add(new Change(Kind.OFFLINE, owner, machineId));
            } else if (machineId != null) {
                silent.put(machineId, rows.getLong("heard_micros"));
            }
        }
        Announcements.announceAndCommit(connection, changes);
        return new Result(epochMicros, clockMicros, silent, changes.size());
    }

    /** Reads the presence clock's number, for a replica that starts. */
    static long clock(Connection connection) throws SQLException {
        return number(connection, CLOCK);
    }

    static long countOnline(Connection connection) throws SQLException {
        return number(connection, "select count(*) from machine where status = 'online'");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
