package org.machineregistry.leftover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.PooledTransactions;

/**
 * Removes the machines that people without an account registered and that never connected: they count against what all those people
 * may have together, and who tried the service out does not come back for them.
 */
@ApplicationScoped
class AnonymousLeftovers {
    /** So few that each announcement names its machines, and that their rows are locked for a moment only. */
    static final int BATCH = 500;
    // Each batch looks through the rows of all people without an account until it has found enough.
    private static final int MOST_BATCHES = 20;
    // A row that somebody has locked is about to connect, to be changed, or to be removed by another replica. What has connected in
    // between does not fit the conditions any more when its row is locked, and stays.
    private static final String REMOVE = """
            with leftover as (
              select machine_id from machine
              where anonymous and offline_reason = 'never_connected'
                and created_at < now() - ? * interval '1 second'
              limit ? for update skip locked),
            removed as (
              delete from machine m using leftover l where m.machine_id = l.machine_id
              returning m.owner, m.machine_id),
            """ + Announcements.said("removed", Kind.REMOVED) + """
            select (select count(*) from removed) + 0 * (select count(*) from said)""";

    private final PooledTransactions transactions;
    private final LeftoversConfig config;
    private final Audit audit;

    AnonymousLeftovers(PooledTransactions transactions, LeftoversConfig config, Audit audit) {
        this.transactions = transactions;
        this.config = config;
        this.audit = audit;
    }

    /** Removes those that are old enough by the database's clock, or as many as one turn may take. Any replica may do so at any time. */
    void remove() throws SQLException {
        for (int batch = 0, removed = BATCH; batch < MOST_BATCHES && removed == BATCH; batch++) {
            removed = transactions.inTransaction(this::removeBatch);
            if (removed > 0) {
                audit.count(AuditEvent.LEFTOVER_REMOVED, removed);
            }
        }
    }

    private int removeBatch(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setLong(1, config.anonymousLeftovers().toSeconds());
            statement.setInt(2, BATCH);
            statement.setString(3, Announcements.now());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
