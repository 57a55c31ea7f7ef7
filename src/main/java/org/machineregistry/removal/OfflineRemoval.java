package org.machineregistry.removal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.PooledTransactions;

/** Removes machines that were offline for as long as their owners said, and keeps the removal clock by which that is told. */
@ApplicationScoped
class OfflineRemoval {
    // A machine that could not be heard for its ttl may be on its way back.
    private static final String DUE = "remove_due_micros <= (select removal_clock_now()) and ttl_seconds + 2 <= ?";
    private static final String ADVANCE = """
            with clock as materialized (
              select removal_clock_now() as micros, presence_clock_now() as presence_micros
              from removal_clock for no key update skip locked)
            update removal_clock r set micros = c.micros, presence_micros = c.presence_micros from clock c""";
    // What a person reads may be off by a hundredth of the time that is left, so that few rows are written again after each standstill.
    private static final String CORRECT = """
            with clock as materialized (select removal_clock_now() as micros),
            off as (
              select machine_id, remaining.time from machine,
                lateral (select (remove_due_micros - (select micros from clock)) * interval '1 microsecond' as time) remaining
              where remove_due_micros is not null
                and abs(extract(epoch from removed_at - now() - remaining.time))
                  > greatest(60, abs(extract(epoch from remaining.time)) / 100)
              limit ? for no key update of machine skip locked),
            corrected as (
              update machine m set removed_at = now() + off.time from off where m.machine_id = off.machine_id
              returning m.owner, m.machine_id),
            """ + Announcements.said("corrected", Kind.UPDATED) + """
            select (select count(*) from corrected) + 0 * (select count(*) from said)""";
    private static final int MOST_BATCHES = 20;

    private final MachineRemoval removal;
    private final PooledTransactions transactions;
    private final Audit audit;

    OfflineRemoval(MachineRemoval removal, PooledTransactions transactions, Audit audit) {
        this.removal = removal;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** Counts the time since somebody did so, as far as machines could be heard in it. Whoever does so at the same time counts alone. */
    void advanceClock() throws SQLException {
        transactions.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
                return statement.executeUpdate();
            }
        });
    }

    /** @param heardSeconds for how long this replica could hear machines without a break */
    void removeDue(long heardSeconds) throws SQLException {
        removal.remove(DUE, List.of(heardSeconds), removed -> removed.forEach(this::note));
    }

    private void note(Change removed) {
        audit.did(removed.owner(), AuditEvent.MACHINE_EXPIRED, removed.machineId(), "none");
    }

    /** Says anew when machines will be removed, where time went by that does not count, or the database's clock was set. */
    void correctTimes() throws SQLException {
        int corrected = MachineRemoval.BATCH;
        for (int batch = 0; batch < MOST_BATCHES && corrected == MachineRemoval.BATCH; batch++) {
            corrected = transactions.inTransaction(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(CORRECT)) {
                    statement.setInt(1, MachineRemoval.BATCH);
                    statement.setString(2, Announcements.now());
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                }
            });
        }
    }
}
