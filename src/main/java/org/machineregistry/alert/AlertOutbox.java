package org.machineregistry.alert;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.PooledQueries;

/**
 * The rows of the machines as an outbox of messages of both kinds, and the lease of the one who sends them. Each call is one statement
 * of its own: no lock outlasts it, and nothing is held while a message is under way. Rows that somebody else has locked are left for
 * the next time.
 */
@ApplicationScoped
class AlertOutbox {
    /** One message tells of so many machines at most. */
    static final int MOST = 500;
    /** A machine that is due waits at most so long for others that are due soon, or come back then, so that one message tells of all. */
    static final long GATHER_MICROS = 1_250_000;
    private static final long SOON_MICROS = 750_000;

    // The orders keep the planner to the indexes: it does not know how few are due, and would read the table until it meets one.
    private static final String TAKE = """
            with clock as materialized (select presence_clock_now() as now, removal_clock_now() as removal_now),
            first as materialized (
              select m.alert_due_micros, m.status from machine m
              where m.alert_due_micros <= (select now from clock) and %1$s
              order by m.alert_due_micros limit 1),
            first_warning as materialized (
              select from machine m
              where m.warn_due_micros <= (select removal_now from clock) and %1$s
              order by m.warn_due_micros limit 1),
            work as materialized (
              select exists (select from machine where alert_pending is not null)
                  or exists (select from machine where warning_pending is not null)
                  or exists (select from first_warning) as pending,
                least((select min(alert_due_micros) from machine where alert_due_micros is not null) - c.now,
                  (select min(warn_due_micros) from machine where warn_due_micros is not null) - c.removal_now) as due_in,
                exists (select from first f where f.alert_due_micros <= c.now - ?
                  or f.status <> 'online' and not exists (select from machine m
                    where m.alert_due_micros > (select now from clock)
                      and m.alert_due_micros <= (select now + ? from clock))) as ready
              from clock c),
            taken as (
              update alert_sender s set leased_until_micros = c.now + ?, holder = ?
              from clock c, work w where s.leased_until_micros <= c.now and (w.pending or w.ready)
              returning s.failures)
            select w.pending or w.ready as works, w.due_in, s.leased_until_micros - c.now as leased_for,
              (select failures from taken) as failures
            from clock c, work w, alert_sender s""".formatted(MessageKind.CAN_BE_TOLD);
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
     * The answer to whoever asks for the lease.
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

    /** Returns what is pending; where nothing is, what is due becomes pending first, if this replica has the lease; null where there is neither. */
    AlertMessage next(MessageKind kind, long heardSeconds, List<String> untold) throws SQLException {
        AlertMessage begun = read(kind);
        if (begun != null) {
            return begun;
        }
        queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(kind.freeze)) {
                statement.setArray(1, connection.createArrayOf("text", untold.toArray()));
                statement.setString(2, holder);
                statement.setLong(3, heardSeconds);
                statement.setInt(4, MOST);
                return statement.executeUpdate();
            }
        });
        return read(kind);
    }

    private AlertMessage read(MessageKind kind) throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(kind.read)) {
                statement.setInt(1, MOST);
                List<MachineAlert> alerts = new ArrayList<>();
                String id = null;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        id = rows.getString("message_id");
                        alerts.add(kind.parse(rows.getString("machine_id"), rows.getString("name"),
                                rows.getString("owner"), rows.getString("pending")));
                    }
                }
                return alerts.isEmpty() ? null : new AlertMessage(id, alerts);
            }
        });
    }

    /** Writes that the message has arrived. @return whether all its rows say so; somebody may have one locked */
    boolean settle(AlertMessage message) throws SQLException {
        return queries.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(message.kind().settle)) {
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
