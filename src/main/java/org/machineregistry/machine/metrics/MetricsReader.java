package org.machineregistry.machine.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.CustomPlans;
import org.machineregistry.database.Queries;
import org.machineregistry.database.ReadFailedException;
import org.machineregistry.database.Transactions;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.list.ListSql;
import org.machineregistry.machine.list.Question;
import org.machineregistry.machine.metrics.MetricsWriter.Sample;
import org.machineregistry.machine.selection.SelectionSql;

/** Reads of machines what their metrics say, a few rows in memory at a time. All calls block. */
@ApplicationScoped
class MetricsReader {
    private static final String COLUMNS = "select machine_id, name, owner, status, last_heartbeat, status_changes from ";
    private static final int ROWS_AT_A_TIME = 100;

    private final Queries queries;

    MetricsReader(Queries queries) {
        this.queries = queries;
    }

    /** @param largest how many bytes it may have */
    MetricsWriter read(Question question, long largest) {
        ListSql sql = ListSql.of(question.owners(), question.query());
        try {
            // PostgreSQL has cursors in transactions only.
            return queries.ask(connection -> Transactions.run(connection, within -> {
                try (PreparedStatement statement = within.prepareStatement(COLUMNS + sql.from())) {
                    if (sql.planned()) {
                        CustomPlans.of(statement);
                    }
                    SelectionSql.set(statement, 1, sql.parameters());
                    statement.setFetchSize(ROWS_AT_A_TIME);
                    return write(statement, largest);
                }
            }));
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
    }

    // Metrics are written anew where the query is asked again.
    private static MetricsWriter write(PreparedStatement statement, long largest) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            MetricsWriter writer = new MetricsWriter(largest);
            while (rows.next()) {
                writer.add(new Sample(rows.getString("machine_id"), rows.getString("name"), rows.getString("owner"),
                        MachineStatus.of(rows.getString("status")) == MachineStatus.ONLINE,
                        rows.getTimestamp("last_heartbeat").getTime(), rows.getLong("status_changes")));
            }
            return writer;
        } catch (IOException tooLarge) {
            throw new UncheckedIOException(tooLarge);
        }
    }
}
