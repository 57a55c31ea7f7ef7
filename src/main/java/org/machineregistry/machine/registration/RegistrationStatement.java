package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.machineregistry.database.Columns;
import org.machineregistry.text.NaturalOrder;

/** Inserts machines: one statement. */
final class RegistrationStatement {
    private static final String SQL = """
            insert into machine (machine_id, owner, name, sort_name, sort_key, secret_hash, anonymous,
                alert_after_seconds, remove_after_seconds, labels, enrolled_with)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bool[],
                ?::int[], ?::int[], ?::jsonb[], ?::text[])
            on conflict do nothing returning machine_id""";

    private RegistrationStatement() {}

    /**
     * @param machines in the order of their ids, as all replicas insert them: no two wait for each other
     * @return under {@code true} those whose id was not taken, also not by an earlier one of these; the others under {@code false}
     */
    static Map<Boolean, List<NewMachine>> execute(Connection connection, List<NewMachine> machines)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            new Columns(connection, statement)
                    .add("text", machines, NewMachine::machineId)
                    .add("text", machines, NewMachine::owner)
                    .add("text", machines, NewMachine::name)
                    .add("text", machines, NewMachine::sortName)
                    .add("text", machines, machine -> NaturalOrder.keyOf(machine.sortName()))
                    .add("bytea", machines, machine -> machine.secret().hash())
                    .add("bool", machines, NewMachine::anonymous)
                    .add("int", machines, machine -> machine.settings().alertAfterSeconds())
                    .add("int", machines, machine -> machine.settings().removeAfterSeconds())
                    .add("jsonb", machines, machine -> machine.settings().labels())
                    .add("text", machines, NewMachine::enrolledWith);
            Set<String> inserted = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    inserted.add(rows.getString(1));
                }
            }
            return machines.stream()
                    .collect(Collectors.partitioningBy(machine -> inserted.remove(machine.machineId())));
        }
    }
}
