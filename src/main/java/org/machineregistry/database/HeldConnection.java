package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import org.jboss.logging.Logger;

/**
 * A connection of one thread's own, kept between transactions: others who use up the pool do not hold that thread up, and it need
 * not ask first whether the connection still works. A database that does not answer within the deadline counts as lost.
 */
public final class HeldConnection implements Transactions, Queries, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HeldConnection.class);
    // Others need the rows of a replica that is cut off between a statement and its commit. A commit is one answer away.
    private static final int IDLE_MILLIS = 1_500;
    // The same stands in application.properties.
    private static final int POOL_IDLE_MILLIS = 5_000;

    private final DataSource database;
    private final Duration deadline;
    private Connection connection;
    /** A connection that the pool was asked for; null while none is. */
    private CompletableFuture<Connection> coming;
    private int networkTimeout;

    public HeldConnection(DataSource database, Duration deadline) {
        this.database = database;
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
        Connection opened = fromPool();
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

    /**
     * The pool waits for a connection, or tries those that it has one after another, for longer than the deadline, and that cannot be
     * given up. So a thread of its own does it, and the next attempt goes on waiting for the same connection.
     */
    private Connection fromPool() throws SQLException {
        if (coming != null && coming.isDone()) {
            // It came when nobody waited for it, and may not work any more: the pool knows best.
            giveBackWhatComes();
        }
        if (coming == null) {
            coming = askPool();
        }
        try {
            Connection came = coming.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            coming = null;
            return came;
        } catch (TimeoutException late) {
            throw new SQLTransientConnectionException("No connection within " + deadline.toMillis() + " ms");
        } catch (ExecutionException failure) {
            coming = null;
            if (failure.getCause() instanceof SQLException reason) {
                throw reason;
            }
            throw new SQLTransientConnectionException(failure.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted", stopping);
        }
    }

    private CompletableFuture<Connection> askPool() {
        CompletableFuture<Connection> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(database.getConnection());
            } catch (SQLException | RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        }, "held-connection");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private void giveBackWhatComes() {
        CompletableFuture<Connection> late = coming;
        coming = null;
        if (late != null) {
            late.thenAccept(HeldConnection::giveBack);
        }
    }

    private static void giveBack(Connection unused) {
        try {
            unused.close();
        } catch (SQLException broken) {
            LOG.debug("A connection that came too late was broken", broken);
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
        giveBackWhatComes();
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
