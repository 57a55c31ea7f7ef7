package org.machineregistry.machine.registration;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has the ids that machines made for themselves. */
final class KnownMachines {
    private static final String FIND = """
            select machine_id, owner,
              case when secret_expires_at is null or secret_expires_at > clock_timestamp() then secret_hash end, next_secret_hash
            from machine where machine_id = any(?)""";

    enum Match {
        ABSENT, SAME, OTHER
    }

    /** Either hash may be null. */
    private record Row(String owner, byte[] hash, byte[] nextHash) {}

    private final Map<String, Row> rows = new HashMap<>();

    private KnownMachines() {}

    static KnownMachines find(Connection connection, List<String> ids) throws SQLException {
        KnownMachines known = new KnownMachines();
        if (!ids.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        known.rows.put(row.getString(1), new Row(row.getString(2), row.getBytes(3), row.getBytes(4)));
                    }
                }
            }
        }
        return known;
    }

    /** The same machine has the same owner and one of its secrets that are good. */
    Match compare(SelfRegistration machine) {
        Row row = rows.get(machine.machineId());
        if (row == null) {
            return Match.ABSENT;
        }
        byte[] hash = machine.secret().hash();
        return row.owner.equals(machine.owner())
                && (MessageDigest.isEqual(hash, row.hash) || MessageDigest.isEqual(hash, row.nextHash))
                        ? Match.SAME
                        : Match.OTHER;
    }
}
