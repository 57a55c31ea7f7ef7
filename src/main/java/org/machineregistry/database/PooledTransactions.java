package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

/** Transactions on connections that the pool lends for each. */
@ApplicationScoped
public class PooledTransactions implements Transactions {
    private final DataSource database;

    PooledTransactions(DataSource database) {
        this.database = database;
    }

    @Override
    public <R> R inTransaction(Work<R> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Transactions.run(connection, work);
        }
    }
}
