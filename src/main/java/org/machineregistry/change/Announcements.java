package org.machineregistry.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.PersistenceException;

/** Tells every replica what changed, by NOTIFY: as few as fit, because each takes a lock over the whole database at commit. */
@ApplicationScoped
public class Announcements {
    static final String CHANNEL = "machine";
    private static final String NOTIFY = "select pg_notify(?, payload) from unnest(?) payload";
    private static final int TOO_MANY_TO_NAME = 1_000;

    private final DataSource database;
    private final Event<Announced> announced;

    Announcements(DataSource database, Event<Announced> announced) {
        this.database = database;
        this.announced = announced;
    }

    /** Announces with the current transaction: heard when it commits, and not if it does not. */
    public void announce(List<Change> changes) {
        try (Connection connection = database.getConnection()) {
            announce(connection, changes);
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
        announced.fire(new Announced(changes));
    }

    /** Announces with the transaction of this connection. */
    public static void announce(Connection connection, List<Change> changes) throws SQLException {
        notify(connection, changes, NOTIFY);
    }

    /**
     * Announces, and commits the transaction of this connection in the same question to the database: where that is far away, each
     * question is time in which rows stay locked. It commits nothing where there is nothing to announce.
     */
    public static void announceAndCommit(Connection connection, List<Change> changes) throws SQLException {
        notify(connection, changes, NOTIFY + "; commit");
    }

    private static void notify(Connection connection, List<Change> changes, String sql) throws SQLException {
        List<Change> named = changes.size() <= TOO_MANY_TO_NAME
                ? changes
                : changes.stream().filter(change -> !change.isVisible()).toList();
        long saidAt = System.currentTimeMillis();
        List<String> payloads = new ArrayList<>(ChangeCodec.encode(named, saidAt));
        if (named.size() < changes.size()) {
            payloads.add(ChangeCodec.resync(saidAt));
        }
        if (payloads.isEmpty()) {
            return;
        }
        try (PreparedStatement notify = connection.prepareStatement(sql)) {
            notify.setString(1, CHANNEL);
            notify.setArray(2, connection.createArrayOf("text", payloads.toArray()));
            notify.execute();
        }
    }
}
