package org.machineregistry.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.postgresql.PGStatement;

/**
 * Has PostgreSQL plan statements for the values that they have, each time. The plan that it would keep for any values is a bad one where
 * much depends on them, as on how many rows there are or how many have a label.
 */
public final class CustomPlans {
    private CustomPlans() {}

    /**
     * Has the driver give the statement no name, under which PostgreSQL would keep its plan. A statement of the same text that is not told so
     * gets one when it is asked for the fifth time on a connection, and this one has it then, too.
     */
    public static void of(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
}
