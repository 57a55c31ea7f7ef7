package org.machineregistry.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import org.postgresql.PGStatement;

/**
 * Has PostgreSQL plan statements for the values that they have, each time. The plan that it would keep for any values is a bad one where
 * much depends on them, as on how many rows there are or how many have a label.
 */
public final class CustomPlans {
    private CustomPlans() {}

    /** @param statement whose rows are read at once */
    public static void of(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }

    /** @param transaction all of its statements, also those that are read by a cursor, which the driver keeps whatever it is told */
    public static void within(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("set local plan_cache_mode = force_custom_plan");
        }
    }
}
