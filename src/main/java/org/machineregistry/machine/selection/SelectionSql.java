package org.machineregistry.machine.selection;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.machineregistry.database.CustomPlans;
import org.machineregistry.identity.Owners;

/**
 * Which machines are meant, as what follows a WHERE over the table of machines, and its parameters.
 *
 * @param planned whether it is to be planned for its values ({@link Selection#isPlanned})
 */
public record SelectionSql(String where, List<Object> parameters, boolean planned) {
    public static SelectionSql of(Owners owners, Selection selection) {
        StringBuilder where = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        if (owners.everybody()) {
            where.append("true");
        } else if (owners.isOne()) {
            where.append("owner = ?");
            parameters.add(owners.only());
        } else {
            where.append("owner = any(?)");
            parameters.add(owners.names());
        }
        selection.addConditions(where, parameters);
        return new SelectionSql(where.toString(), parameters, selection.isPlanned());
    }

    /** @param first the place of the first of them in the statement */
    public void set(PreparedStatement statement, int first) throws SQLException {
        if (planned) {
            CustomPlans.of(statement);
        }
        set(statement, first, parameters);
    }

    public static void set(PreparedStatement statement, int first, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            statement.setObject(first + i, parameter instanceof Collection<?> many
                    ? statement.getConnection().createArrayOf("text", many.toArray())
                    : parameter);
        }
    }
}
