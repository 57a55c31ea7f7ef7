package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many more machines may come with enrolment keys that are for so many. */
final class KeyUses {
    private static final String LOCK_KEYS = """
            select pg_advisory_xact_lock(lock)
            from (select hashtextextended(key, 0) as lock from unnest(?::text[]) as key order by lock) as locks""";
    private static final String COUNT = "select enrolled_with, count(*) from machine where enrolled_with = any(?) group by 1";

    private final Map<String, Long> taken = new HashMap<>();

    private KeyUses() {}

    /**
     * Makes transactions that count the uses of one key wait for each other until their ends; else two machines that come at once would
     * both find room for one. In one order, so that no two wait for each other.
     *
     * @return whether there was a key to wait for
     */
    static boolean lock(Connection connection, List<SelfRegistration> machines) throws SQLException {
        Object[] keys = limited(machines);
        if (keys.length > 0) {
            try (PreparedStatement statement = connection.prepareStatement(LOCK_KEYS)) {
                statement.setArray(1, connection.createArrayOf("text", keys));
                statement.execute();
            }
        }
        return keys.length > 0;
    }

    /** Counts what came with the keys of these machines, whose {@link #lock} the transaction holds. */
    static KeyUses left(Connection connection, List<SelfRegistration> machines) throws SQLException {
        KeyUses uses = new KeyUses();
        Object[] keys = limited(machines);
        if (keys.length > 0) {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                statement.setArray(1, connection.createArrayOf("text", keys));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        uses.taken.put(row.getString(1), row.getLong(2));
                    }
                }
            }
        }
        return uses;
    }

    /** @return whether this machine may still come */
    boolean take(SelfRegistration machine) {
        return machine.most() == null || taken.merge(machine.key(), 1L, Long::sum) <= machine.most();
    }

    private static Object[] limited(List<SelfRegistration> machines) {
        return machines.stream().filter(machine -> machine.most() != null).map(SelfRegistration::key).distinct()
                .toArray();
    }
}
