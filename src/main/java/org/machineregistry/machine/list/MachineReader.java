package org.machineregistry.machine.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.CustomPlans;
import org.machineregistry.database.Queries;
import org.machineregistry.database.ReadFailedException;
import org.machineregistry.database.Transactions;
import org.machineregistry.identity.Owners;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.OfflineReason;
import org.machineregistry.machine.SharedToken;
import org.machineregistry.machine.selection.Selection;
import org.machineregistry.machine.selection.SelectionSql;

/**
 * Reads entries of lists, each call in one statement. Not by way of the entity: lists are read far more often than anything
 * else, and for a hundred rows that costs twice as much. All calls block.
 */
@ApplicationScoped
public class MachineReader {
    private static final String COLUMNS = """
            select owner, machine_id, name, status, last_heartbeat,
              case when status = 'online' then assistant_count else 0 end, offline_reason,
              case when shared then array[coalesce(hostname, 'unknown'), coalesce(other_hostname, 'unknown')] end,
              status_since, labels, floor(extract(epoch from removed_at) * 1000)::bigint, agent_version,
              alert_after_seconds from \
            """;
    private static final String SELECT_OF_OWNERS = COLUMNS + """
            unnest(?::text[]) asked cross join lateral
              (select * from machine where owner = asked order by sort_key, machine_id limit ?) listed
            order by owner, sort_key, machine_id""";
    private static final String FIND = COLUMNS + "machine where machine_id = any(?)";
    private static final String SUMMARY = """
            select count(*), count(case when status = 'online' then 1 end) from machine where \
            """;
    private static final int ALL = 0;
    // So many rows of a long list are in memory together.
    private static final int ROWS_AT_A_TIME = 100;

    private final Queries queries;

    public MachineReader(Queries queries) {
        this.queries = queries;
    }

    /**
     * A page of the list of these owners, and one more where there is more.
     *
     * @param most how many rows are read at most, whatever the query says
     */
    List<MachineView> list(Owners owners, ListQuery query, int most) {
        ListSql sql = ListSql.of(owners, query);
        return read(COLUMNS + sql.from(), sql.parameters(), most, sql.planned());
    }

    /** Hears of rows in their order, a few of them in memory at a time. */
    @FunctionalInterface
    interface RowSink {
        /** Comes before the first row, and again where reading starts over. */
        default void begin() {
            // Most have nothing to forget.
        }

        void row(MachineView machine) throws IOException;
    }

    /** The rows of {@link #list}, however many. */
    void each(Owners owners, ListQuery query, RowSink sink) {
        ListSql sql = ListSql.of(owners, query);
        each(COLUMNS + sql.from(), sql.parameters(), sql.planned(), sink);
    }

    /** The lists of these owners, each in its order, one after another: of each at most so many rows. */
    void eachOf(Set<String> owners, int most, RowSink sink) {
        each(SELECT_OF_OWNERS, List.of(owners, most), false, sink);
    }

    /** Finds those of these machines that still exist, and are meant. */
    public List<MachineView> find(Collection<String> machineIds, Selection selection) {
        StringBuilder sql = new StringBuilder(FIND);
        List<Object> parameters = new ArrayList<>();
        parameters.add(machineIds);
        selection.addConditions(sql, parameters);
        return read(sql.toString(), parameters, ALL, false);
    }

    /** How many machines these owners have that are meant. */
    MachineSummary summary(Owners owners, Selection selection) {
        SelectionSql sql = SelectionSql.of(owners, selection);
        try {
            return queries.ask(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(SUMMARY + sql.where())) {
                    sql.set(statement, 1);
                    return rows(statement, row -> new MachineSummary(row.getLong(1), row.getLong(2))).get(0);
                }
            });
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private List<MachineView> read(String sql, List<?> parameters, int most, boolean planned) {
        try {
            return queries.ask(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    if (planned) {
                        CustomPlans.of(statement);
                    }
                    SelectionSql.set(statement, 1, parameters);
                    statement.setMaxRows(most);
                    return rows(statement, MachineReader::view);
                }
            });
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
    }

    private void each(String sql, List<?> parameters, boolean planned, RowSink sink) {
        try {
            // PostgreSQL has cursors in transactions only.
            queries.ask(connection -> Transactions.run(connection, within -> {
                try (PreparedStatement statement = within.prepareStatement(sql)) {
                    if (planned) {
                        CustomPlans.of(statement);
                    }
                    SelectionSql.set(statement, 1, parameters);
                    statement.setFetchSize(ROWS_AT_A_TIME);
                    give(statement, sink);
                    return null;
                }
            }));
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
    }

    private static void give(PreparedStatement statement, RowSink sink) throws SQLException {
        sink.begin();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sink.row(view(rows));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader) throws SQLException {
        List<T> read = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                read.add(reader.read(rows));
            }
        }
        return read;
    }

    private static MachineView view(ResultSet row) throws SQLException {
        return new MachineView(row.getString(2), row.getString(3), MachineStatus.of(row.getString(4)),
                row.getTimestamp(9).getTime(), row.getTimestamp(5).getTime(), row.getInt(6),
                OfflineReason.of(row.getString(7)), row.getString(1), row.getObject(11, Long.class),
                SharedToken.hostsOf(row.getArray(8)), row.getString(10), row.getString(12),
                row.getObject(13, Integer.class));
    }
}
