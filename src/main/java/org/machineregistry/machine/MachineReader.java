package org.machineregistry.machine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.batch.Queries;

/**
 * Reads entries of lists, each call in one statement. Not by way of the entity: lists are read far more often than anything
 * else, and for a hundred rows that costs twice as much. All calls block.
 */
@ApplicationScoped
public class MachineReader {
    private static final String SELECT = """
            select owner, machine_id, name, status, last_heartbeat, assistant_count, offline_reason,
              case when shared then array[coalesce(hostname, 'unknown'), coalesce(other_hostname, 'unknown')] end from machine"""
            + " where ";

    private final Queries queries;

    public MachineReader(Queries queries) {
        this.queries = queries;
    }

    /** A page of an owner's list, and one more where there is more. */
    List<MachineView> list(String owner, ListQuery query) {
        List<Object> parameters = new ArrayList<>(List.of(owner));
        String where = query.where(parameters);
        return read(where, parameters, MachineReader::view);
    }

    /** The lists of these owners, each in its order. */
    public Map<String, List<MachineView>> listsOf(Set<String> owners) {
        return read("owner = any(?) order by owner, sort_key, machine_id", List.of(owners), MachineReader::ownedView)
                .stream()
                .collect(Collectors.groupingBy(OwnedView::owner,
                        Collectors.mapping(OwnedView::machine, Collectors.toList())));
    }

    /** Those of these machines that still exist. */
    public List<OwnedView> find(Collection<String> machineIds) {
        return read("machine_id = any(?)", List.of(machineIds), MachineReader::ownedView);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String where, List<?> parameters, RowReader<T> reader) {
        try {
            return queries.ask(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(SELECT + where)) {
                    set(statement, parameters);
                    return rows(statement, reader);
                }
            });
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
    }

    private static void set(PreparedStatement statement, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            statement.setObject(i + 1, parameter instanceof Collection<?> many
                    ? statement.getConnection().createArrayOf("text", many.toArray())
                    : parameter);
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

    private static OwnedView ownedView(ResultSet row) throws SQLException {
        return new OwnedView(row.getString(1), view(row));
    }

    private static MachineView view(ResultSet row) throws SQLException {
        return new MachineView(row.getString(2), row.getString(3), MachineStatus.of(row.getString(4)),
                row.getTimestamp(5).getTime(), row.getInt(6), OfflineReason.of(row.getString(7)),
                SharedToken.hostsOf(row.getArray(8)));
    }

    /** Its cause says whether the database is away, a 503, or refused the statement, a 500. */
    static final class ReadFailedException extends RuntimeException {
        ReadFailedException(SQLException cause) {
            super(cause);
        }
    }
}
