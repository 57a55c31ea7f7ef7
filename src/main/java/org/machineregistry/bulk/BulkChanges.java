package org.machineregistry.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Role;
import org.machineregistry.identity.User;
import org.machineregistry.label.LabelRules;
import org.machineregistry.machine.selection.SelectionSql;

/** Changes many machines in one transaction, and announces them together; or none of them. */
@ApplicationScoped
class BulkChanges {
    private final DataSource database;
    private final Announcements announcements;

    BulkChanges(DataSource database, Announcements announcements) {
        this.database = database;
        this.announcements = announcements;
    }

    private interface Write {
        BulkStatement.Outcome on(Connection connection, SelectionSql meant) throws SQLException;
    }

    /** @return the ids of those that were changed */
    @Transactional
    List<String> change(User user, BulkTarget target, ChangeMachines change) {
        if (change.changesNothing()) {
            throw Problems.invalid("", "must change labels, alertAfterSeconds or removeAfterSeconds");
        }
        return write(user, target, (connection, meant) -> BulkStatement.update(connection, meant, change));
    }

    /** @return the ids of those that were deleted */
    @Transactional
    List<String> delete(User user, BulkTarget target) {
        return write(user, target, BulkStatement::delete);
    }

    private List<String> write(User user, BulkTarget target, Write write) {
        SelectionSql meant = SelectionSql.of(target.owners(), target.selection());
        try (Connection connection = database.getConnection()) {
            // Looked at first, so that who may not, or is mistaken, locks and writes nothing.
            check(user, target, BulkStatement.count(connection, meant));
            BulkStatement.Outcome outcome = write.on(connection, meant);
            if (outcome.mostLabels() > LabelRules.MOST_LABELS) {
                throw Problems.invalid("labels", LabelRules.TOO_MANY);
            }
            // Others may have come or gone since they were counted, and been handed to somebody else.
            requireExpected(target, outcome.changes().size());
            outcome.changes().stream().map(Change::owner).distinct()
                    .forEach(owner -> user.require(Role.ADMIN, owner));
            announcements.announceByName(outcome.changes());
            return outcome.changes().stream().map(Change::machineId).toList();
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }

    private static void check(User user, BulkTarget target, Map<String, Long> counts) {
        if (target.owners().isOne()) {
            user.require(Role.ADMIN, target.owners().only());
        }
        counts.keySet().forEach(owner -> user.require(Role.ADMIN, owner));
        requireExpected(target, counts.values().stream().mapToLong(Long::longValue).sum());
    }

    private static void requireExpected(BulkTarget target, long count) {
        if (count != target.expected()) {
            throw Problems.of(409, "The selection means " + count + " machines, not " + target.expected()
                    + ". Nothing was changed.").with("count", count);
        }
    }
}
