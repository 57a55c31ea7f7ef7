package org.machineregistry.machine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.database.Queries;

/** The credentials of machines, in the database. Both calls block. */
@ApplicationScoped
public class MachineCredentials {
    private static final String FIND = """
            select machine_id, owner, secret_hash, next_secret_hash,
              coalesce((extract(epoch from secret_expires_at - now()) * 1000000000)::bigint, 0), connection_number
            from machine where machine_id = any(?)""";

    private final Queries queries;
    private final Announcements announcements;

    MachineCredentials(DataSource database, Announcements announcements) {
        this.queries = new HeldQueries(database);
        this.announcements = announcements;
    }

    /** Looks many up in one statement; those that do not exist are left out. */
    public List<MachineCredential> find(Collection<String> machineIds) throws SQLException {
        return queries.ask(connection -> find(connection, machineIds));
    }

    private static List<MachineCredential> find(Connection connection, Collection<String> machineIds)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, connection.createArrayOf("text", machineIds.toArray()));
            List<MachineCredential> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new MachineCredential(rows.getString(1), rows.getString(2), rows.getBytes(3),
                            rows.getBytes(4),
                            System.nanoTime() + rows.getLong(5), rows.getLong(6)));
                }
            }
            return found;
        }
    }

    /**
     * A rotated secret was used for the first time: from now on it is the only one.
     *
     * @return false for one that was not the next any more
     */
    @Transactional
    public boolean promoteNext(MachineCredential credential) {
        boolean promoted = Machine.promoteNext(credential.machineId(), credential.nextHash());
        if (promoted) {
            announcements.announce(List.of(new Change(Kind.ROTATED, credential.owner(), credential.machineId())));
        }
        return promoted;
    }
}
