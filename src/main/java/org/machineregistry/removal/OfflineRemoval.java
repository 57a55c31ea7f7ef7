package org.machineregistry.removal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.PooledTransactions;

/**
 * Removes machines that were offline for as long as their owners said, and keeps the removal clock by which that is told. A heartbeat
 * is answered from memory and written a moment later: so a machine is refused first, and its row goes when every heartbeat that was
 * taken before has been written. Who is heard until then stays.
 */
@ApplicationScoped
class OfflineRemoval {
    /**
     * Far longer than it takes that all replicas hear of a refusal and have written what they took before, also where the first try waits
     * for the driver's time limit of 10 seconds.
     */
    static final long REFUSED_MICROS = TimeUnit.SECONDS.toMicros(30);

    private static final String ADVANCE = """
            with clock as materialized (
              select removal_clock_now() as micros, presence_clock_now() as presence_micros
              from removal_clock for no key update skip locked)
            update removal_clock r set micros = c.micros, presence_micros = c.presence_micros from clock c
            returning coalesce((select min(remove_due_micros) from machine where remove_due_micros is not null) <= r.micros, false)""";
    // The order keeps the planner to the index, here and where the refused are removed: it does not know how few are due. So
    // does the array, where a join with the ids might read the table.
    // A machine that could not be heard for its ttl may be on its way back. Announced as if its secret were another, its credential is
    // looked up again, and not found.
    private static final String REFUSE = """
            with clock as materialized (select removal_clock_now() as micros),
            due as (
              select machine_id from machine
              where remove_due_micros <= (select micros from clock) and ttl_seconds + 2 <= ? and removing_micros is null
              order by remove_due_micros limit ? for no key update skip locked),
            refused as (
              update machine m set removing_micros = (select micros from clock)
              where m.machine_id = any (array(select machine_id from due))
              returning m.owner, m.machine_id),
            """ + Announcements.said("refused", Kind.ROTATED) + """
            select (select count(*) from refused) + 0 * (select count(*) from said)""";
    private static final String REFUSED = """
            remove_due_micros <= (select removal_clock_now()) and removing_micros <= (select removal_clock_now()) - ?
            order by remove_due_micros""";
    // The time that people read may be off by a hundredth of what is left, so that few rows are written again after each standstill.
    private static final String CORRECT = """
            with clock as materialized (select removal_clock_now() as micros),
            off as (
              select machine_id, remaining.time from machine,
                lateral (select (remove_due_micros - (select micros from clock)) * interval '1 microsecond' as time) remaining
              where remove_due_micros is not null
                and abs(extract(epoch from removed_at - now() - remaining.time))
                  > greatest(?, abs(extract(epoch from remaining.time)) / 100)
              limit ? for no key update of machine skip locked),
            corrected as (
              update machine m set removed_at = now() + off.time from off where m.machine_id = off.machine_id
              returning m.owner, m.machine_id),
            """ + Announcements.said("corrected", Kind.UPDATED) + """
            select (select count(*) from corrected) + 0 * (select count(*) from said)""";
    private static final long TOLERATED_SECONDS = 60;
    private static final int MOST_BATCHES = 20;

    private final BatchRemoval batches;
    private final PooledTransactions transactions;
    private final Audit audit;

    OfflineRemoval(BatchRemoval batches, PooledTransactions transactions, Audit audit) {
        this.batches = batches;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Counts the time since somebody did so, as far as machines could be heard in it. Whoever does so at the same time counts alone.
     *
     * @return whether a machine is due by then; false as well where somebody else counted
     */
    boolean advanceClock() throws SQLException {
        return transactions.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADVANCE);
                    ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /** @param heardSeconds for how long this replica could hear machines without a break */
    void refuseDue(long heardSeconds) throws SQLException {
        writeBatches(REFUSE, heardSeconds);
    }

    /** @param refusedMicros for how long they have been refused */
    void removeRefused(long refusedMicros) throws SQLException {
        batches.remove(REFUSED, List.of(refusedMicros), removed -> removed.forEach(this::note));
    }

    private void note(Change removed) {
        audit.did(removed.owner(), AuditEvent.MACHINE_EXPIRED, removed.machineId(), "none");
    }

    /** Says anew when machines will be removed, where time went by that does not count, or the database's clock was set. */
    void correctTimes() throws SQLException {
        writeBatches(CORRECT, TOLERATED_SECONDS);
    }

    private void writeBatches(String sql, long parameter) throws SQLException {
        int written = BatchRemoval.BATCH;
        for (int batch = 0; batch < MOST_BATCHES && written == BatchRemoval.BATCH; batch++) {
            written = transactions.inTransaction(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setLong(1, parameter);
                    statement.setInt(2, BatchRemoval.BATCH);
                    statement.setString(3, Announcements.now());
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                }
            });
        }
    }
}
