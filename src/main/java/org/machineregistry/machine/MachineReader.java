package org.machineregistry.machine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

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

    private final DataSource database;

    MachineReader(DataSource database) {
        this.database = database;
    }

    /** A page of an owner's list, and one more where there is more. */
    List<MachineView> list(String owner, ListQuery query) {
        List<MachineView> list = new ArrayList<>();
        List<Object> parameters = new ArrayList<>(List.of(owner));
        String where = query.where(parameters);
        read(where, parameters, rows -> list.add(view(rows)));
        return list;
    }

    /** The lists of these owners, each in its order. */
    public Map<String, List<MachineView>> listsOf(Set<String> owners) {
        Map<String, List<MachineView>> lists = new HashMap<>();
        read("owner = any(?) order by owner, sort_key, machine_id", List.of(owners),
                rows -> lists.computeIfAbsent(rows.getString("owner"), owner -> new ArrayList<>()).add(view(rows)));
        return lists;
    }

    /** Those of these machines that still exist. */
    public List<OwnedView> find(Collection<String> machineIds) {
        List<OwnedView> found = new ArrayList<>();
        read("machine_id = any(?)", List.of(machineIds),
                rows -> found.add(new OwnedView(rows.getString("owner"), view(rows))));
        return found;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String where, List<?> parameters, RowReader reader) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT + where)) {
            for (int i = 0; i < parameters.size(); i++) {
                Object parameter = parameters.get(i);
                statement.setObject(i + 1, parameter instanceof Collection<?> many
                        ? connection.createArrayOf("text", many.toArray())
                        : parameter);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException failure) {
            throw new ReadFailedException(failure);
        }
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
