package org.machineregistry.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The arrays of a statement over {@code unnest}: a parameter a column, an element a row. */
public final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private int count;

    public Columns(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /**
     * Has the statement planned for these rows: a plan for any number, which the database would keep, joins ten thousand rows as if
     * they were ten, each with each.
     */
    public Columns planAnew() throws SQLException {
        CustomPlans.of(statement);
        return this;
    }

    /** @param type the name of the element type in PostgreSQL */
    public <T> Columns add(String type, List<T> rows, Function<T, Object> column) throws SQLException {
        // The driver takes bytes in an array of their own type only.
        Object[] values = rows.stream().map(column)
                .toArray(size -> type.equals("bytea") ? new byte[size][] : new Object[size]);
        statement.setArray(++count, connection.createArrayOf(type, values));
        return this;
    }
}
