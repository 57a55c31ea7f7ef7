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
 * Finds the silent, in two statements that any replica may run at any time. A lost machine says no goodbye; silence is the only
 * sign. The first looks: it finds who is silent soon or already, and holds no lock when it was answered, because replicas that look
 * must not hide rows from each other, however far away the database is. The second judges those that were found long enough ago.
 * Both leave out a row that somebody has locked: what was heard of its machine cannot be written just then.
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
              (select micros from clock) as clock_micros, null::bigint as online, null::text as machine_id,
              null::bigint as heard_micros""";
    // A machine that beats leaves more than a third of its ttl, with the time that it takes to write that.
    private static final String LOOK_FOR_SILENT = ADVANCE + """
            , silent as (
              select machine_id, heard_micros from machine
              where status = 'online'
                and heard_micros < ? - ttl_seconds * 1000000::bigint * 2 / 3
              for share skip locked)
            select (extract(epoch from clock_timestamp()) * 1000000)::bigint as epoch_micros,
              (select micros from clock) as clock_micros,
              case when ? then (select count(*) from machine where status = 'online') end as online,
              s.machine_id, s.heard_micros
            from (select) once left join silent s on true""";
    private static final String JUDGE = """
            with silent as (
              select m.machine_id
              from machine m join unnest(?::text[], ?::bigint[]) as suspect(machine_id, heard_micros)
                on suspect.machine_id = m.machine_id and suspect.heard_micros = m.heard_micros
              where m.status = 'online'
                and m.heard_micros < ? - m.ttl_seconds * 1000000::bigint
                and m.ttl_seconds * 1000000::bigint <= ?
              order by m.machine_id for no key update of m skip locked)
            update machine m set status = 'offline', offline_reason = 'missed_heartbeats', shared = false
            from silent s where s.machine_id = m.machine_id
            returning m.owner, m.machine_id""";

    /**
     * What a look found.
     *
     * @param epochMicros the database's time of day
     * @param clockMicros the presence clock's number, null where somebody else was just moving it on
     * @param online how many machines are online, null where that was not asked
     * @param silent the machines that are silent or will be soon, with when each was last heard
     */
    record Look(long epochMicros, Long clockMicros, Long online, Map<String, Long> silent) {}

    private SweepStatement() {}

    /**
     * Moves the presence clock on, which shows that the database can be written, and looks for nobody.
     *
     * @param now of the presence clock
     */
    static Look look(Connection connection, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, now);
            statement.setLong(2, now);
            return read(statement);
        }
    }

    /**
     * The same, and looks for those that were silent for two thirds of their ttl. To be run outside a transaction.
     *
     * @param counts whether it counts who is online, which takes a look at each
     */
    static Look lookForSilent(Connection connection, long now, boolean counts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK_FOR_SILENT)) {
            statement.setLong(1, now);
            statement.setLong(2, now);
            statement.setLong(3, now);
            statement.setBoolean(4, counts);
            return read(statement);
        }
    }

    /**
     * Turns machines offline that are still as silent as they were found, and announces it. Where there was nothing to announce, the
     * commit is left to the caller.
     *
     * @param now of the presence clock
     * @param graceMicros how long a heartbeat may be on its way to the database
     * @param suspects the machines that were found silent long enough ago for every replica to have written what it heard
     * @param hearingMicros for how long machines could be heard; whose ttl is longer is not yet judged
     * @return how many are offline now
     */
    static int judge(Connection connection, long now, long graceMicros, Map<String, Long> suspects, long hearingMicros)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(JUDGE)) {
            statement.setArray(1, connection.createArrayOf("text", suspects.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", suspects.values().toArray()));
            statement.setLong(3, now - graceMicros);
            statement.setLong(4, hearingMicros);
            List<Change> changes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(new Change(Kind.OFFLINE, rows.getString("owner"), rows.getString("machine_id")));
                }
            }
            Announcements.announceAndCommit(connection, changes);
            return changes.size();
        }
    }

    private static Look read(PreparedStatement statement) throws SQLException {
        long epochMicros = 0;
        Long clockMicros = null;
        Long online = null;
        Map<String, Long> silent = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                epochMicros = rows.getLong("epoch_micros");
                clockMicros = rows.getObject("clock_micros", Long.class);
                online = rows.getObject("online", Long.class);
                String machineId = rows.getString("machine_id");
                if (machineId != null) {
                    silent.put(machineId, rows.getLong("heard_micros"));
                }
            }
        }
        return new Look(epochMicros, clockMicros, online, silent);
    }

    /** Reads the presence clock's number, for a replica that starts. */
    static long clock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLOCK);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
