package org.machineregistry.start;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

import io.agroal.api.AgroalPoolInterceptor;

/**
 * Lets a migration take as long as it takes. Flyway's connections are the pool's, where an answer must come within seconds and
 * no transaction may stand idle, as the one does that holds Flyway's lock meanwhile. The limit on waiting for a lock stays: all
 * other statements on a table wait behind an ALTER TABLE that waits, at every replica.
 */
@Singleton
class MigrationConnections implements AgroalPoolInterceptor {
    private static final Logger LOG = Logger.getLogger(MigrationConnections.class);
    private static final String IDLE = "idle_in_transaction_session_timeout";

    /** Those that Flyway has now, and what their limits are for everybody else. */
    private final Map<PGConnection, Limits> lent = new ConcurrentHashMap<>();

    private record Limits(String idle, int network) {}

    /** A source of connections without these limits. */
    DataSource of(DataSource pool) {
        return new MigrationSource(pool, this::lift);
    }

    private Connection lift(Connection connection) throws SQLException {
        Limits limits = new Limits(idle(connection), connection.getNetworkTimeout());
        lent.put(connection.unwrap(PGConnection.class), limits);
        limit(connection, new Limits("0", 0));
        return connection;
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        if (lent.isEmpty()) {
            return;
        }
        try {
            Limits limits = lent.remove(connection.unwrap(PGConnection.class));
            if (limits != null) {
                limit(connection, limits);
            }
        } catch (SQLException broken) {
            LOG.debugf("A migration's connection is not lent again: %s", broken.getMessage());
        }
    }

    private static String idle(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select current_setting(?)")) {
            statement.setString(1, IDLE);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static void limit(Connection connection, Limits limits) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, limits.network());
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, false)")) {
            statement.setString(1, IDLE);
            statement.setString(2, limits.idle());
            statement.execute();
        }
    }
}
