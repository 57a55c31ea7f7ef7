package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;

import org.jboss.logging.Logger;
import org.machineregistry.http.DatabaseProblems;

/** Writes batches, each in a transaction of its own. One bad row costs no other row anything. */
public final class Batches {
    private static final Logger LOG = Logger.getLogger(Batches.class);
    private static final int LARGEST = 10_000;
    private static final int ATTEMPTS = 5;

    /** Writes rows at a moment of {@link System#nanoTime()}, and returns what to do after the commit. */
    @FunctionalInterface
    public interface Statement<T> {
        Runnable execute(Connection connection, List<T> rows, long now) throws SQLException;
    }

    private final Transactions transactions;

    public Batches(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * @param refused told of a row that the database does not take, and why
     * @throws SQLException when the database cannot be reached; the rest was not written
     */
    public <T> void write(List<T> rows, Statement<T> statement, BiConsumer<T, Exception> refused) throws SQLException {
        for (int from = 0; from < rows.size(); from += LARGEST) {
            split(rows.subList(from, Math.min(rows.size(), from + LARGEST)), statement, refused);
        }
    }

    private <T> void split(List<T> rows, Statement<T> statement, BiConsumer<T, Exception> refused)
            throws SQLException {
        try {
            attempt(rows, statement);
        } catch (SQLException | RuntimeException failure) {
            if (DatabaseProblems.isUnavailable(failure)) {
                throw failure;
            }
            if (rows.size() == 1) {
                LOG.errorf(failure, "A row could not be written");
                refused.accept(rows.get(0), failure);
                return;
            }
            int half = rows.size() / 2;
            split(rows.subList(0, half), statement, refused);
            split(rows.subList(half, rows.size()), statement, refused);
        }
    }

    private <T> void attempt(List<T> rows, Statement<T> statement) throws SQLException {
        for (int attempt = 1;; attempt++) {
            try {
                transactions.inTransaction(connection -> statement.execute(connection, rows, System.nanoTime())).run();
                return;
            } catch (SQLException failure) {
                if (!isConflict(failure) || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** Rows are locked in order; a deletion or a schema change may still cross. */
    private static boolean isConflict(SQLException failure) {
        return "40P01".equals(failure.getSQLState()) || "40001".equals(failure.getSQLState());
    }
}
