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
    // As many as one owner may have by default: what one customer does to all of their machines is no resync for everybody.
    private static final int TOO_MANY_TO_NAME = 10_000;
    // With the longest entry, which is over it, it is still shorter than what PostgreSQL takes.
    private static final int FULL_PAYLOAD = 6_000;
    private static final String SAID = """
            entries as (
              select json_build_array('%2$s', owner, machine_id)::text as entry from %1$s),
            parts as (
              select entry, sum(octet_length(entry) + 1) over (order by entry) / %4$d as part from entries),
            said as (
              select pg_notify('%3$s', '[' || ? || case when (select count(*) from entries) <= %5$d
                then ',' || string_agg(entry, ',') else '' end || ']')
              from parts
              group by case when (select count(*) from entries) <= %5$d then floor(part) else 0 end)
            """;

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

    /**
     * The same, each by its name however many there are: what would come of a resync, at every replica for everybody, one customer must
     * not bring about as often as they like.
     */
    public void announceByName(List<Change> changes) {
        try (Connection connection = database.getConnection()) {
            notify(connection, ChangeCodec.encode(changes, System.currentTimeMillis()), NOTIFY);
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
        announced.fire(new Announced(changes));
    }

    /** Announces with the transaction of this connection. */
    public static void announce(Connection connection, List<Change> changes) throws SQLException {
        notify(connection, payloads(changes), NOTIFY);
    }

    /**
     * A part of a statement that announces what another part of it did, so that both take one question to the database: the common
     * table expression {@code said}, which the statement has to select from. Its parameter is {@link #now}, as text.
     *
     * @param rows the name of a common table expression with the columns {@code owner} and {@code machine_id}
     */
    public static String said(String rows, Change.Kind kind) {
        return SAID.formatted(rows, kind.label, CHANNEL, FULL_PAYLOAD, TOO_MANY_TO_NAME);
    }

    /** When something is said, as announcements have it. */
    public static String now() {
        return String.valueOf(System.currentTimeMillis());
    }

    /**
     * Announces, and commits the transaction of this connection in the same question to the database: where that is far away, each
     * question is time in which rows stay locked. It commits nothing where there is nothing to announce.
     */
    public static void announceAndCommit(Connection connection, List<Change> changes) throws SQLException {
        notify(connection, payloads(changes), NOTIFY + "; commit");
    }

    /** Whether it matters to lists and streams alone: whose token ended must be known by its name. */
    private static boolean isShownAlone(Change change) {
        return change.isVisible() && change.kind() != Change.Kind.REMOVED;
    }

    private static List<String> payloads(List<Change> changes) {
        List<Change> named = changes.size() <= TOO_MANY_TO_NAME
                ? changes
                : changes.stream().filter(change -> !isShownAlone(change)).toList();
        long saidAt = System.currentTimeMillis();
        List<String> payloads = new ArrayList<>(ChangeCodec.encode(named, saidAt));
        if (named.size() < changes.size()) {
            payloads.add(ChangeCodec.resync(saidAt));
        }
        return payloads;
    }

    private static void notify(Connection connection, List<String> payloads, String sql) throws SQLException {
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
