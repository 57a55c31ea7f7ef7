package org.machineregistry.adoption;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.identity.User;
import org.machineregistry.identity.session.EarlierPeople;
import org.machineregistry.machine.Quota;

/**
 * Gives all machines of somebody without an account to who they are now, in one transaction: nothing but the owner changes, so that
 * sockets stay open and machines online.
 */
@ApplicationScoped
class Adoption {
    private static final String COUNT = "select count(*) from machine where owner = ?";
    // All replicas lock machines in the order of their ids, so that no two wait for each other.
    private static final String LOCK = "select machine_id from machine where owner = ? order by machine_id for update";
    private static final String MOVE = "update machine set owner = ?, anonymous = false where machine_id = any(?)";

    private final DataSource database;
    private final Announcements announcements;
    private final Quota quota;
    private final EarlierPeople people;

    Adoption(DataSource database, Announcements announcements, Quota quota, EarlierPeople people) {
        this.database = database;
        this.announcements = announcements;
        this.quota = quota;
        this.people = people;
    }

    long count(User earlier) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, earlier.id());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }

    /**
     * Moves all of them or, past the quota, none, and ends the earlier person. Each move is announced as a hand-over is.
     *
     * @return their ids
     */
    @Transactional
    List<String> move(User earlier, User user) {
        try (Connection connection = database.getConnection()) {
            List<String> machineIds = lock(connection, earlier.id());
            quota.requireRoom(user.id(), machineIds.size());
            move(connection, machineIds, user.id());
            announcements.announceByName(machineIds.stream()
                    .flatMap(id -> Stream.of(new Change(Kind.HANDED_OVER, earlier.id(), id),
                            new Change(Kind.CREATED, user.id(), id)))
                    .toList());
            people.end(earlier);
            return machineIds;
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }

    private static List<String> lock(Connection connection, String owner) throws SQLException {
        List<String> machineIds = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, owner);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    machineIds.add(rows.getString(1));
                }
            }
        }
        return machineIds;
    }

    private static void move(Connection connection, List<String> machineIds, String owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setString(1, owner);
            statement.setArray(2, connection.createArrayOf("text", machineIds.toArray()));
            statement.executeUpdate();
        }
    }
}
