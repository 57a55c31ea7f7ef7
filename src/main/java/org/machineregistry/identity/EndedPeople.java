package org.machineregistry.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps the moment in which somebody without an account ends apart from what is registered for them. A request that was let in just before
 * would else leave them a machine that nobody reaches any more.
 */
public final class EndedPeople {
    // Other locks of that kind have the seed 0.
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 1))";
    // In one order, so that no two wait for each other.
    private static final String LOCK_SHARED = """
            select pg_advisory_xact_lock_shared(lock)
            from (select hashtextextended(id, 1) as lock from unnest(?::text[]) as id order by lock) as locks""";
    // A statement of its own, because it has to see what the transaction did that held the lock.
    private static final String ENDED = "select id from revocation where kind = 'person' and id = any(?)";

    private EndedPeople() {}

    /** Waits until nobody registers anything for this person; whoever begins to later waits for the end of this transaction. */
    public static void lock(Connection connection, String person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, person);
            statement.execute();
        }
    }

    /** Those of these people who have ended. None of the others does before the end of this transaction. */
    public static Set<String> among(Connection connection, Collection<String> people) throws SQLException {
        Set<String> ended = new HashSet<>();
        Object[] ids = people.toArray();
        try (PreparedStatement lock = connection.prepareStatement(LOCK_SHARED);
                PreparedStatement find = connection.prepareStatement(ENDED)) {
            lock.setArray(1, connection.createArrayOf("text", ids));
            lock.execute();
            find.setArray(1, connection.createArrayOf("text", ids));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    ended.add(rows.getString(1));
                }
            }
        }
        return ended;
    }
}
