package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

/** Asks on connections that the pool lends for each query. */
@ApplicationScoped
public class PooledQueries implements Queries {
    private final DataSource database;

    public PooledQueries(DataSource database) {
        this.database = database;
    }

    @Override
    public <R> R ask(Query<R> query) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return query.on(connection);
        }
    }
}
