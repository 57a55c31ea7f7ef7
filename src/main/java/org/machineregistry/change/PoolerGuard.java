package org.machineregistry.change;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

import io.agroal.api.AgroalPoolInterceptor;

/**
 * Prepares no statement on the server where a connection pooler stands before it. In transaction mode another client may have
 * prepared another statement under the same name, a COMMIT among them, and the server would execute that one. A pooler shows by
 * the process id that it gave the driver at the start, which is not that of the server's process.
 */
@Singleton
class PoolerGuard implements AgroalPoolInterceptor {
    private static final Logger LOG = Logger.getLogger(PoolerGuard.class);

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            if (postgres.getBackendPID() != serverProcess(connection)) {
                postgres.setPrepareThreshold(0);
            }
        } catch (SQLException failure) {
            // Whoever borrows this connection meets the same failure, and is told.
            LOG.debugf("A new connection could not be asked for its process: %s", failure.getMessage());
        }
    }

    private static int serverProcess(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
