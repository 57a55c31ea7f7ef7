package org.machineregistry.database;

import java.sql.SQLException;

/** A read failed. Its cause says whether the database is away, a 503, or refused the statement, a 500. */
public final class ReadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReadFailedException(SQLException cause) {
        super(cause);
    }
}
