package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in transactions of its own. */
public interface Transactions {
    /** Work that is done in one transaction. */
    @FunctionalInterface
    interface Work<R> {
        R with(Connection connection) throws SQLException;
    }

    /** @throws SQLException when it was rolled back, or when nobody knows */
    <R> R inTransaction(Work<R> work) throws SQLException;

    /**
     * Runs work on a connection and commits it. The commit is a question of its own: a statement that reaches the database only
     * after this process gave it up is rolled back there.
     */
    static <R> R run(Connection connection, Work<R> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            R result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException failure) {
            try {
                connection.rollback();
            } catch (SQLException broken) {
                failure.addSuppressed(broken);
            }
            throw failure;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }
}
