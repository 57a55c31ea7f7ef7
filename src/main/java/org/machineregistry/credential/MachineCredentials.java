package org.machineregistry.credential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.database.Queries;

/** The credentials of machines, in the database. All calls block. */
@ApplicationScoped
public class MachineCredentials {
    private static final String FIND = """
            select machine_id, owner, secret_hash, next_secret_hash,
              coalesce((extract(epoch from secret_expires_at - now()) * 1000000000)::bigint, 0), connection_number
            from machine where machine_id = any(?) and removing_micros is null""";

    // As long as presence waits for the database at most: machines are answered, or told to go elsewhere, by then.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Queries queries;
    private final EntityManager entities;
    private final Announcements announcements;

    MachineCredentials(DataSource database, EntityManager entities, Announcements announcements) {
        this.entities = entities;
        this.queries = new HeldQueries(database, PATIENCE);
        this.announcements = announcements;
    }

    /** Looks many up in one statement; those that do not exist, or are just being removed, are left out. */
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
     * Gives a machine a new secret. The one in use stays good until the new one is used or the overlap is over; one whose time
     * is over already does not come back.
     *
     * @return whether the owner has such a machine
     */
    @Transactional
    public boolean rotate(String owner, String machineId, Secret secret, long overlapSeconds) {
        boolean rotated = entities
                .createNativeQuery(
                        """
                        update machine set next_secret_hash = :hash, secret_expires_at =
                          least(case when secret_expires_at <= now() then secret_expires_at end, now() + :overlap * interval '1 second')
                        where machine_id = :id and owner = :owner""")
                .setParameter("hash", secret.hash())
                .setParameter("overlap", overlapSeconds)
                .setParameter("id", machineId)
                .setParameter("owner", owner)
                .executeUpdate() > 0;
        if (rotated) {
            announceRotation(owner, machineId);
        }
        return rotated;
    }

    /**
     * A rotated secret was used for the first time: from now on it is the only one.
     *
     * @return false for one that was not the next any more
     */
    @Transactional
    public boolean promoteNext(MachineCredential credential) {
        boolean promoted = entities
                .createNativeQuery(
                        """
                        update machine set secret_hash = next_secret_hash, next_secret_hash = null, secret_expires_at = null
                        where machine_id = :id and next_secret_hash = :hash""")
                .setParameter("id", credential.machineId())
                .setParameter("hash", credential.nextHash())
                .executeUpdate() > 0;
        if (promoted) {
            announceRotation(credential.owner(), credential.machineId());
        }
        return promoted;
    }

    private void announceRotation(String owner, String machineId) {
        announcements.announce(List.of(new Change(Kind.ROTATED, owner, machineId)));
    }
}
