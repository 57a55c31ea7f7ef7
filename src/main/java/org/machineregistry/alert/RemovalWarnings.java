package org.machineregistry.alert;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.PooledQueries;

/**
 * The word before a machine is removed. The rows of the machines are its outbox, as they are of alerts, and who has the lease of
 * {@link AlertOutbox} sends it. It stands in columns of its own: a replica of the version before would take it for an alert.
 */
@ApplicationScoped
class RemovalWarnings {
    /**
     * Whether there is something to tell, for whoever asks for the lease. A machine that could not be heard may be on its way back. The
     * order keeps the planner to the index: it does not know how few are due, and would read the table until it meets one.
     */
    static final String ANY = """
            (exists (select from machine where warning_pending is not null)
              or exists (select from (select from machine m
                where m.warn_due_micros <= (select removal_clock_now()) and m.ttl_seconds + 2 <= ?
                order by m.warn_due_micros limit 1) due))""";
    /** In how many microseconds the next becomes due. */
    static final String DUE_IN = """
            ((select min(warn_due_micros) from machine where warn_due_micros is not null) - removal_clock_now())""";

    private static final String FREEZE = """
            with clock as materialized (select removal_clock_now() as now),
            due as (
              select m.machine_id from machine m
              where m.warn_due_micros <= (select now from clock) and m.ttl_seconds + 2 <= ?
              order by m.warn_due_micros, m.machine_id limit ? for no key update skip locked),
            frozen as (
              update machine m set warn_due_micros = null, warning_pending = concat_ws(' ',
                floor(extract(epoch from m.status_since) * 1000)::bigint, m.offline_reason,
                floor(extract(epoch from m.removed_at) * 1000)::bigint,
                greatest(round((m.remove_due_micros - (select now from clock)) / 1000000.0), 0))
              from due d where d.machine_id = m.machine_id
              returning m.machine_id, m.warning_pending)
            update alert_sender set warning_id = (
              select 'msg_' || left(encode(sha256(convert_to(
                string_agg(machine_id || ' ' || warning_pending, ',' order by machine_id), 'UTF8')), 'hex'), 32)
              from frozen)
            where exists (select from frozen)""";
    private static final String READ = """
            select s.warning_id, m.machine_id, m.name, m.owner, m.warning_pending
            from alert_sender s, machine m where m.warning_pending is not null order by m.machine_id limit ?""";
    private static final String SETTLE = """
            with told as (
              select * from unnest(?::text[], ?::text[]) as t (id, pending)),
            arrived as (
              select m.machine_id from machine m join told t on t.id = m.machine_id and t.pending = m.warning_pending
              order by m.machine_id for no key update of m skip locked),
            settled as (
              update machine m set warning_pending = null from arrived a where a.machine_id = m.machine_id)
            select count(*) as left_out from machine m join told t on t.id = m.machine_id and t.pending = m.warning_pending
            where not exists (select from arrived where arrived.machine_id = m.machine_id)""";

    private final PooledQueries queries;

    RemovalWarnings(PooledQueries queries) {
        this.queries = queries;
    }

    /** Returns what is pending; where nothing is, what is due becomes pending first; null where there is neither. */
    AlertMessage next(long heardSeconds) throws SQLException {
        AlertMessage begun = read();
        if (begun != null) {
            return begun;
        }
        queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FREEZE)) {
                statement.setLong(1, heardSeconds);
                statement.setInt(2, AlertOutbox.MOST);
                return statement.executeUpdate();
            }
        });
        return read();
    }

    private AlertMessage read() throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setInt(1, AlertOutbox.MOST);
                List<MachineAlert> alerts = new ArrayList<>();
                String id = null;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        id = rows.getString("warning_id");
                        alerts.add(MachineAlert.parseWarning(rows.getString("machine_id"), rows.getString("name"),
                                rows.getString("owner"), rows.getString("warning_pending")));
                    }
                }
                return alerts.isEmpty() ? null : new AlertMessage(id, alerts);
            }
        });
    }

    /** The message has arrived. @return whether all its rows say so; somebody may have one locked */
    boolean settle(AlertMessage message) throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
                statement.setArray(1, connection.createArrayOf("text",
                        message.alerts().stream().map(MachineAlert::machineId).toArray()));
                statement.setArray(2, connection.createArrayOf("text",
                        message.alerts().stream().map(MachineAlert::pending).toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("left_out") == 0;
                }
            }
        });
    }
}
