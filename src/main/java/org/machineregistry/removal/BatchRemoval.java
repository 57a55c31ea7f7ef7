package org.machineregistry.removal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.PooledTransactions;

/**
 * Removes machines that nobody asked to be removed just now, and announces that as any deletion is announced. Any replica may do so
 * at any time: none is removed twice.
 */
@ApplicationScoped
public class BatchRemoval {
    /** So few that each announcement names its machines, and that their rows are locked for a moment only. */
    public static final int BATCH = 500;
    // The rest is for the next time, or for another replica.
    private static final int MOST_BATCHES = 20;
    // A row that somebody has locked is about to connect, to be changed, or to be removed by another replica. What has connected in
    // between does not fit the conditions any more when its row is locked, and stays. The ids are an array, since PostgreSQL may read
    // the whole table for a join with them.
    private static final String REMOVE = """
            with doomed as (
              select machine_id from machine where %s limit ? for update skip locked),
            removed as (
              delete from machine m where m.machine_id = any (array(select machine_id from doomed))
              returning m.owner, m.machine_id),
            """ + Announcements.said("removed", Kind.REMOVED) + """
            select owner, machine_id, 0 * (select count(*) from said) from removed""";

    private final PooledTransactions transactions;

    BatchRemoval(PooledTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Removes those that fit, or as many as one turn may take.
     *
     * @param condition of SQL, with an order where it wants one, each of whose parameters is a number
     * @param removed is told of each batch when it was committed
     */
    public void remove(String condition, List<Long> parameters, Consumer<List<Change>> removed) throws SQLException {
        int found = BATCH;
        for (int batch = 0; batch < MOST_BATCHES && found == BATCH; batch++) {
            List<Change> changes = transactions
                    .inTransaction(connection -> removeBatch(connection, condition, parameters));
            found = changes.size();
            if (found > 0) {
                removed.accept(changes);
            }
        }
    }

    private static List<Change> removeBatch(Connection connection, String condition, List<Long> parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE.formatted(condition))) {
            int index = 1;
            for (long parameter : parameters) {
                statement.setLong(index++, parameter);
            }
            statement.setInt(index++, BATCH);
            statement.setString(index, Announcements.now());
            List<Change> changes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(new Change(Kind.REMOVED, rows.getString(1), rows.getString(2)));
                }
            }
            return changes;
        }
    }
}
