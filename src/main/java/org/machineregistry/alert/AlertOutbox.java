package org.machineregistry.alert;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.PooledQueries;

/**
 * The rows of the machines as an outbox. Each call is one statement of its own: no lock outlasts it, and nothing is held while a
 * message is under way. Rows that somebody else has locked are left for the next time.
 */
@ApplicationScoped
class AlertOutbox {
    /** How many machines one message tells of at most. */
    static final int MOST = 500;
    /** What is due waits at most so long for what is due soon, or comes back then, so that all of it is told together. */
    static final long GATHER_MICROS = 1_250_000;
    private static final long SOON_MICROS = 750_000;

    // A machine that is offline may be on its way back until it could have been heard for its ttl. One that is back is back.
    private static final String CAN_BE_TOLD = "(m.status = 'online' or m.ttl_seconds + 2 <= ?)";
    private static final String TAKE = """
            with clock as materialized (select presence_clock_now() as now),
            first as materialized (
              select m.alert_due_micros, m.status from machine m
              where m.alert_due_micros <= (select now from clock) and %3$s
              order by m.alert_due_micros limit 1),
            work as materialized (
              select exists (select from machine where alert_pending is not null) or %1$s as pending,
                least((select min(alert_due_micros) from machine where alert_due_micros is not null),
                  (select now from clock) + %2$s) as due,
                exists (select from first f, clock c where f.alert_due_micros <= c.now - ?
                  or f.status <> 'online' and not exists (select from machine m
                    where m.alert_due_micros > (select now from clock)
                      and m.alert_due_micros <= (select now + ? from clock))) as ready),
            taken as (
              update alert_sender s set leased_until_micros = c.now + ?, holder = ?
              from clock c, work w where s.leased_until_micros <= c.now and (w.pending or w.ready)
              returning s.failures)
            select w.pending or w.ready as works, w.due - c.now as due_in, s.leased_until_micros - c.now as leased_for,
              (select failures from taken) as failures
            from clock c, work w, alert_sender s"""
            .formatted(RemovalWarnings.ANY, RemovalWarnings.DUE_IN, CAN_BE_TOLD);
    private static final String FREEZE = """
            with due as (
              select m.machine_id from machine m
              where m.alert_due_micros <= (select presence_clock_now()) and %s
              order by m.alert_due_micros, m.machine_id limit ? for no key update skip locked),
            frozen as (
              update machine m set alert_due_micros = null, alert_pending = case
                when m.status = 'online' and m.alert_told is not null
                  then concat_ws(' ', 'back', floor(extract(epoch from m.status_since) * 1000)::bigint,
                    floor(extract(epoch from m.alert_told) * 1000)::bigint)
                when m.status <> 'online' and m.alert_told is null and m.offline_reason <> all(?)
                  then concat_ws(' ', 'down', floor(extract(epoch from m.status_since) * 1000)::bigint, m.offline_reason)
                end
              from due d where d.machine_id = m.machine_id
              returning m.machine_id, m.alert_pending)
            update alert_sender set message_id = (
              select 'msg_' || left(encode(sha256(convert_to(
                string_agg(machine_id || ' ' || alert_pending, ',' order by machine_id), 'UTF8')), 'hex'), 32)
              from frozen where alert_pending is not null)
            where exists (select from frozen where alert_pending is not null)""".formatted(CAN_BE_TOLD);
    private static final String READ = """
            select s.message_id, m.machine_id, m.name, m.owner, m.alert_pending
            from alert_sender s, machine m where m.alert_pending is not null order by m.machine_id limit ?""";
    private static final String SETTLE = """
            with arrived as (
              select m.machine_id, m.alert_pending from machine m
              join unnest(?::text[], ?::text[]) as a (machine_id, pending)
                on a.machine_id = m.machine_id and a.pending = m.alert_pending
              order by m.machine_id for no key update of m skip locked),
            settled as (
              update machine m set alert_pending = null, alert_told = case when a.alert_pending like 'down %'
                then to_timestamp(split_part(a.alert_pending, ' ', 2)::bigint / 1000.0) end
              from arrived a where a.machine_id = m.machine_id)
            select count(*) as left_out from machine m
            join unnest(?::text[], ?::text[]) as a (machine_id, pending)
              on a.machine_id = m.machine_id and a.pending = m.alert_pending
            where not exists (select from arrived where arrived.machine_id = m.machine_id)""";
    private static final String GIVE_BACK = """
            update alert_sender set leased_until_micros = 0, failures = 0 where holder = ?""";
    private static final String PAUSE = """
            update alert_sender set leased_until_micros = presence_clock_now() + ?, failures = failures + 1 where holder = ?""";

    private final PooledQueries queries;
    private final String holder = UUID.randomUUID().toString();

    AlertOutbox(PooledQueries queries) {
        this.queries = queries;
    }

    /**
     * What there is to do.
     *
     * @param works whether there is something to send
     * @param dueInMicros when the next may become due, negative where it is; null where none will
     * @param leasedForMicros for how long another replica, or a pause after a failure, keeps everybody from sending
     * @param failures how many tries failed before, where this replica may send now; null where it may not
     */
    record Work(boolean works, Long dueInMicros, long leasedForMicros, Integer failures) {
        boolean isTaken() {
            return failures != null;
        }
    }

    /** Takes the lease where there is something to send and nobody else sends. @param heardSeconds for how long machines were heard */
    Work take(long heardSeconds, long leaseMicros) throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                statement.setLong(1, heardSeconds);
                statement.setLong(2, heardSeconds);
                statement.setLong(3, GATHER_MICROS);
                statement.setLong(4, SOON_MICROS);
                statement.setLong(5, leaseMicros);
                statement.setString(6, holder);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new Work(row.getBoolean("works"), row.getObject("due_in", Long.class),
                            row.getLong("leased_for"), row.getObject("failures", Integer.class));
                }
            }
        });
    }

    /** What is pending; where nothing is, what is due becomes so. @return null where there is nothing */
    AlertMessage next(long heardSeconds, List<String> untold) throws SQLException {
        AlertMessage begun = read();
        if (begun != null) {
            return begun;
        }
        queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FREEZE)) {
                statement.setLong(1, heardSeconds);
                statement.setInt(2, MOST);
                statement.setArray(3, connection.createArrayOf("text", untold.toArray()));
                return statement.executeUpdate();
            }
        });
        return read();
    }

    private AlertMessage read() throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setInt(1, MOST);
                return message(statement);
            }
        });
    }

    private static AlertMessage message(PreparedStatement statement) throws SQLException {
        List<MachineAlert> alerts = new ArrayList<>();
        String id = null;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                id = rows.getString("message_id");
                alerts.add(MachineAlert.parse(rows.getString("machine_id"), rows.getString("name"),
                        rows.getString("owner"), rows.getString("alert_pending")));
            }
        }
        return alerts.isEmpty() ? null : new AlertMessage(id, alerts);
    }

    /** The message has arrived. @return whether all its rows say so; somebody may have one locked */
    boolean settle(AlertMessage message) throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
                for (int i = 0; i < 4; i += 2) {
                    statement.setArray(i + 1,
                            array(connection, message.alerts().stream().map(MachineAlert::machineId).toArray()));
                    statement.setArray(i + 2,
                            array(connection, message.alerts().stream().map(MachineAlert::pending).toArray()));
                }
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("left_out") == 0;
                }
            }
        });
    }

    private static Array array(Connection connection, Object[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    void giveBack() throws SQLException {
        update(GIVE_BACK, statement -> statement.setString(1, holder));
    }

    /** Keeps the lease after a failure, so that no replica tries before this time has passed. */
    void pause(long micros) throws SQLException {
        update(PAUSE, statement -> {
            statement.setLong(1, micros);
            statement.setString(2, holder);
        });
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private void update(String sql, Parameters parameters) throws SQLException {
        queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                return statement.executeUpdate();
            }
        });
    }
}
