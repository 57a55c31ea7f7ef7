package org.machineregistry.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.machine.selection.SelectionSql;

/** Each of these statements counts, changes or deletes all machines that a selection means. */
final class BulkStatement {
    private static final String COUNT = "select owner, count(*) from machine where %s group by owner";
    // All replicas lock machines in the order of their ids, so that no two wait for each other.
    private static final String MEANT = """
            with meant as (select machine_id as id from machine where %s order by machine_id for update)
            """;
    private static final String UPDATE = MEANT + """
            update machine set %s from meant where machine_id = id
            returning owner, machine_id, (select count(*) from jsonb_object_keys(labels))""";
    private static final String DELETE = MEANT
            + "delete from machine using meant where machine_id = id returning owner, machine_id, 0";

    /** @param mostLabels of any of them */
    record Outcome(List<Change> changes, long mostLabels) {}

    private BulkStatement() {}

    /** How many machines are meant, by their owners. */
    static Map<String, Long> count(Connection connection, SelectionSql meant) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COUNT.formatted(meant.where()))) {
            meant.set(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return counts;
    }

    static Outcome update(Connection connection, SelectionSql meant, ChangeMachines change) throws SQLException {
        return execute(connection, UPDATE.formatted(meant.where(), change.assignments()), meant, change.parameters(),
                Kind.UPDATED);
    }

    static Outcome delete(Connection connection, SelectionSql meant) throws SQLException {
        return execute(connection, DELETE.formatted(meant.where()), meant, List.of(), Kind.REMOVED);
    }

    private static Outcome execute(Connection connection, String sql, SelectionSql meant, List<Object> assigned,
            Kind kind) throws SQLException {
        List<Change> changes = new ArrayList<>();
        long mostLabels = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            meant.set(statement, 1);
            for (int i = 0; i < assigned.size(); i++) {
                statement.setObject(meant.parameters().size() + 1 + i, assigned.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(new Change(kind, rows.getString(1), rows.getString(2)));
                    mostLabels = Math.max(mostLabels, rows.getLong(3));
                }
            }
        }
        return new Outcome(changes, mostLabels);
    }
}
