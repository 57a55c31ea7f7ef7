package org.machineregistry.presence.loop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.presence.clock.PresenceClock;

/**
 * Finds the silent and judges them, in one statement that any replica may run at any time, outside a transaction: however far away
 * the database is, its locks are gone when it ends, and replicas that look do not hide rows from each other. A lost machine says no
 * goodbye; silence is the only sign. A row that somebody has locked is left out: what was heard of its machine cannot be written just
 * then.
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
              (select micros from clock) as clock_micros, null::bigint as online, 0 as swept, null::text as machine_id,
              null::bigint as heard_micros""";
    // A machine that beats leaves more than a third of its ttl, with the time that it takes to write that. After an outage all have
    // been silent: they have time to beat before their rows are locked.
    private static final String SWEEP = ADVANCE + """
            , silent as (
              select machine_id, heard_micros from machine
              where status = 'online'
                and heard_micros < ? - ttl_seconds * 1000000::bigint * 2 / 3
                and ttl_seconds * 1000000::bigint * 2 / 3 <= ?
              for share skip locked),
            condemned as (
              select m.machine_id
              from machine m join unnest(?::text[], ?::bigint[]) as suspect(machine_id, heard_micros)
                on suspect.machine_id = m.machine_id and suspect.heard_micros = m.heard_micros
              where m.status = 'online'
                and m.heard_micros < ? - m.ttl_seconds * 1000000::bigint
                and m.ttl_seconds * 1000000::bigint <= ?
              order by m.machine_id for no key update of m skip locked),
            swept as (
              update machine m set status = 'offline', offline_reason = 'missed_heartbeats', shared = false
              from condemned c where c.machine_id = m.machine_id
              returning m.owner, m.machine_id),
            """ + Announcements.said("swept", Kind.OFFLINE) + """
            select (extract(epoch from clock_timestamp()) * 1000000)::bigint as epoch_micros,
              (select micros from clock) as clock_micros,
              case when ? then (select count(*) from machine where status = 'online') end as online,
              (select count(*) from swept) + 0 * (select count(*) from said) as swept,
              s.machine_id, s.heard_micros
            from (select) once left join silent s on true""";

    /**
     * The result of a sweep.
     *
     * @param epochMicros the database's time of day
     * @param clockMicros the presence clock's number, null where somebody else was just moving it on
     * @param online how many machines were online before, null where that was not asked
     * @param swept how many are offline now
     * @param silent the machines that are silent or will be soon, with when each was last heard
     */
    record Result(long epochMicros, Long clockMicros, Long online, int swept, Map<String, Long> silent) {}

    /**
     * Who may be judged.
     *
     * @param suspects the machines that were silent before, long enough ago for every replica to have written what it heard
     * @param graceMicros how long a heartbeat may be on its way to the database
     * @param hearingMicros for how long machines could be heard; whose ttl is longer is not yet judged
     */
    record Judgement(Map<String, Long> suspects, long graceMicros, long hearingMicros) {}

    private SweepStatement() {}

    /**
     * Moves the presence clock on, which shows that the database can be written, and looks for nobody.
     *
     * @param now of the presence clock
     */
    static Result look(Connection connection, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, now);
            statement.setLong(2, now);
            return read(statement);
        }
    }

    /**
     * The same, and finds those that were silent for two thirds of their ttl, turns offline those that are still as silent as
     * they were, and announces that.
     *
     * @param counts whether it counts who is online, which takes a look at each
     */
    static Result sweep(Connection connection, long now, Judgement judgement, boolean counts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            statement.setLong(1, now);
            statement.setLong(2, now);
            statement.setLong(3, now);
            statement.setLong(4, judgement.hearingMicros());
            statement.setArray(5, connection.createArrayOf("text", judgement.suspects().keySet().toArray()));
            statement.setArray(6, connection.createArrayOf("bigint", judgement.suspects().values().toArray()));
            statement.setLong(7, now - judgement.graceMicros());
            statement.setLong(8, judgement.hearingMicros());
            statement.setString(9, Announcements.now());
            statement.setBoolean(10, counts);
            return read(statement);
        }
    }

    private static Result read(PreparedStatement statement) throws SQLException {
        Map<String, Long> silent = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            // There is one at least.
            rows.next();
            long epochMicros = rows.getLong("epoch_micros");
            Long clockMicros = rows.getObject("clock_micros", Long.class);
            Long online = rows.getObject("online", Long.class);
            int swept = rows.getInt("swept");
            do {
                String machineId = rows.getString("machine_id");
                if (machineId != null) {
                    silent.put(machineId, rows.getLong("heard_micros"));
                }
            } while (rows.next());
            return new Result(epochMicros, clockMicros, online, swept, silent);
        }
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
