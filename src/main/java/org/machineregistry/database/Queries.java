package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Asks the database what needs no transaction of several statements. */
public interface Queries {
    /** One statement, whose rows are read before it returns. */
    @FunctionalInterface
    interface Query<R> {
        R on(Connection connection) throws SQLException;
    }

    <R> R ask(Query<R> query) throws SQLException;
}
