package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * A connection of one thread's own, kept between transactions: others who use up the pool do not hold that thread up, and it need
 * not ask first whether the connection still works. A database that does not answer within the deadline counts as lost.
 */
public final class HeldConnection implements Transactions, Queries, AutoCloseable {
    // Others need the rows of a replica that is cut off between a statement and its commit. A commit is one answer away.
    private static final int IDLE_MILLIS = 1_500;
    // The same stands in application.properties.
    private static final int POOL_IDLE_MILLIS = 5_000;

    private final PatientPool pool;
    private final Duration deadline;
    private Connection connection;
    private int networkTimeout;

    public HeldConnection(DataSource database, Duration deadline) {
        this.pool = new PatientPool(database);
        this.deadline = deadline;
    }

    @Override
    public <R> R inTransaction(Work<R> work) throws SQLException {
        return on(held -> Transactions.run(held, work));
    }

    @Override
    public <R> R ask(Query<R> query) throws SQLException {
        return on(query);
    }

    private <R> R on(Query<R> query) throws SQLException {
        if (connection == null) {
            open();
        }
        try {
            return query.on(connection);
        } catch (SQLException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void open() throws SQLException {
        Connection opened = pool.connection(deadline);
        try {
            networkTimeout = opened.getNetworkTimeout();
            opened.setNetworkTimeout(Runnable::run, (int) deadline.toMillis());
            limitIdleTransactions(opened, IDLE_MILLIS);
            connection = opened;
        } finally {
            if (connection == null) {
                opened.close();
            }
        }
    }

    private static void limitIdleTransactions(Connection connection, int millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set idle_in_transaction_session_timeout = " + millis);
        }
    }

    /** Gives the connection back to the pool, as it was. */
    @Override
    public void close() throws SQLException {
        pool.giveBackWhatComes();
        Connection held = connection;
        connection = null;
        if (held != null) {
            try (held) {
                if (!held.isClosed()) {
                    held.setNetworkTimeout(Runnable::run, networkTimeout);
                    limitIdleTransactions(held, POOL_IDLE_MILLIS);
                }
            }
        }
    }
}
