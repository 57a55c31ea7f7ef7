package org.machineregistry.start;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;

import javax.sql.DataSource;

/** The pool, with something done to each connection before Flyway gets it. */
class MigrationSource implements DataSource {
    private final DataSource pool;
    private final Preparation preparation;

    @FunctionalInterface
    interface Preparation {
        Connection prepare(Connection connection) throws SQLException;
    }

    MigrationSource(DataSource pool, Preparation preparation) {
        this.pool = pool;
        this.preparation = preparation;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return preparation.prepare(pool.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return preparation.prepare(pool.getConnection(username, password));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}
