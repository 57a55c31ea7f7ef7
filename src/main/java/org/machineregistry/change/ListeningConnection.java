package org.machineregistry.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection of the pool that listens for as long as this is open. */
final class ListeningConnection implements AutoCloseable {
    private static final int QUIET_MILLIS = 500;
    private static final int ANSWER_SECONDS = 2;
    private static final int LONGEST_MILLIS = 3_000;
    private static final PGNotification[] NONE = {};

    private final Connection connection;
    private final PGConnection postgres;
    private final int timeout;

    ListeningConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.postgres = connection.unwrap(PGConnection.class);
        this.timeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
        execute("listen " + Announcements.CHANNEL + "; listen " + ListeningProof.CHANNEL
                + "; listen " + Signal.CHANNEL);
    }

    /**
     * Waits a moment for announcements. Where none come, the server must answer, which it does behind all that it had to tell: an
     * empty array says that everything that was under way is here.
     */
    PGNotification[] next() throws SQLException {
        PGNotification[] arrived = postgres.getNotifications(QUIET_MILLIS);
        if (arrived != null && arrived.length > 0) {
            return arrived;
        }
        if (!connection.isValid(ANSWER_SECONDS)) {
            throw new SQLException("the connection is gone");
        }
        PGNotification[] last = postgres.getNotifications();
        return last == null ? NONE : last;
    }

    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            // The pool may lend this connection again.
            execute("unlisten *");
            connection.setNetworkTimeout(Runnable::run, timeout);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
