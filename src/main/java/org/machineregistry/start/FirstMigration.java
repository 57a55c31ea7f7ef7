package org.machineregistry.start;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;

/**
 * Lets replicas that start at once on a database that is new to the service migrate it one after the other. Flyway's own lock is of use
 * only when its history is there: of two that find none, one makes it and the other one fails.
 */
@Singleton
class FirstMigration {
    // The number means nothing: it is the same for all replicas, and nobody else's.
    private static final String LOCK = "set local lock_timeout = 0; select pg_advisory_xact_lock(7260142833914)";
    private static final String HISTORY = "select to_regclass(quote_ident(?)) is not null";

    private Connection turn;

    /** Returns when no other replica is about to make this history; those that come later wait for {@link #end}. */
    void begin(DataSource database, String history) throws SQLException {
        Connection connection = database.getConnection();
        boolean isFirst = false;
        try {
            if (!isThere(connection, history)) {
                connection.setAutoCommit(false);
                try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
                    lock.execute();
                }
                isFirst = !isThere(connection, history);
            }
        } finally {
            if (isFirst) {
                turn = connection;
            } else {
                end(connection);
            }
        }
    }

    void end(@Observes @Priority(LIBRARY_BEFORE) StartupEvent event) throws SQLException {
        end();
    }

    void end() throws SQLException {
        if (turn != null) {
            end(turn);
            turn = null;
        }
    }

    /** The lock ends with the transaction, also where a pooler keeps the connection. */
    private static void end(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        connection.close();
    }

    private static boolean isThere(Connection connection, String history) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HISTORY)) {
            statement.setString(1, history);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
