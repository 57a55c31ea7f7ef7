package org.machineregistry.machine.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.database.Queries;
import org.machineregistry.database.ReadFailedException;
import org.machineregistry.identity.Owners;

/** Answers what a machine was before, as of the database's time of day. */
@ApplicationScoped
class StatusHistories {
    private static final String CHANGES = "select owner, history from machine where machine_id = ?";

    private final Queries queries;
    private final DatabaseAvailability database;

    StatusHistories(Queries queries, DatabaseAvailability database) {
        this.queries = queries;
        this.database = database;
    }

    /** Blocks. @return empty where none of the owners has such a machine */
    Optional<StatusHistory> of(Owners owners, String machineId) {
        return changes(owners, machineId).map(changes -> StatusHistory.of(changes, database.epochMillis()));
    }

    /** The status changes of a machine of one of these owners, the newest first. */
    Optional<List<StatusChange>> changes(Owners owners, String machineId) {
        try {
            return queries.ask(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(CHANGES)) {
                    statement.setString(1, machineId);
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() && owners.contains(rows.getString("owner"))
                                ? Optional.of(changes(rows))
                                : Optional.empty();
                    }
                }
            });
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
    }

    private static List<StatusChange> changes(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("history").getArray()).map(StatusChange::parse).toList();
    }
}
