package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The arrays of a statement over {@code unnest}: a parameter a column, an element a row. */
final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private int count;

    Columns(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    <T> Columns add(String type, List<T> rows, Function<T, Object> column) throws SQLException {
        statement.setArray(++count, connection.createArrayOf(type, rows.stream().map(column).toArray()));
        return this;
    }
}
