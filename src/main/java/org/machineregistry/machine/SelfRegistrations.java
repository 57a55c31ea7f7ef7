package org.machineregistry.machine;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.database.PooledTransactions;
import org.machineregistry.http.DatabaseProblems;
import org.machineregistry.http.Problems;
import org.machineregistry.machine.RegistrationStep.Outcome;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * Registers machines that made their id and secret themselves and ask until they are answered: the same machine is registered once,
 * however often and at however many replicas it asks.
 */
@ApplicationScoped
public class SelfRegistrations {
    private static final String FIND = """
            select owner, case when secret_expires_at is null or secret_expires_at > clock_timestamp() then secret_hash end,
              next_secret_hash
            from machine where machine_id = ?""";
    // Else two machines that come at once would both find room for one.
    private static final String LOCK_KEY = "select pg_advisory_xact_lock(hashtextextended(?, 0))";
    private static final String COUNT = "select count(*) from machine where enrolled_with = ?";

    private final PooledTransactions transactions;
    private final RegistrationStep step;
    private final Audit audit;

    SelfRegistrations(PooledTransactions transactions, RegistrationStep step, Audit audit) {
        this.transactions = transactions;
        this.step = step;
        this.audit = audit;
    }

    /**
     * @return whether it is new; false for one that was registered before with the same secret, for the same owner
     * @throws HttpProblem 409 where another machine has this id, 403 where its owner may have no more, 401 where as many came with its
     *         key as may, 503 where the database cannot be reached
     */
    public boolean register(SelfRegistration machine) {
        try {
            Optional<Outcome> outcome = transactions.inTransaction(connection -> insert(connection, machine));
            outcome.ifPresent(step::committed);
            return outcome.isPresent();
        } catch (MachineIdTakenException taken) {
            throw MachineProblems.of(taken);
        } catch (QuotaExceededException exceeded) {
            audit.count(AuditEvent.QUOTA_REACHED);
            throw MachineProblems.of(exceeded);
        } catch (SQLException failure) {
            throw DatabaseProblems.isUnavailable(failure) ? Problems.unavailable() : new IllegalStateException(failure);
        }
    }

    /** Empty where it is there. */
    private Optional<Outcome> insert(Connection connection, SelfRegistration machine) throws SQLException {
        // Before the lock: who only asks again waits for nobody.
        if (isThere(connection, machine)) {
            return Optional.empty();
        }
        if (machine.most() != null && isUsedUp(connection, machine)) {
            // Else it was registered while this one waited.
            if (isThere(connection, machine)) {
                return Optional.empty();
            }
            throw Problems.of(401, "This enrolment key is used up: as many machines as it allows have come with it.");
        }
        NewMachine row = NewMachine.of(machine);
        Outcome outcome = step.insert(connection, List.of(row));
        RuntimeException refusal = outcome.refused().get(row);
        if (refusal instanceof QuotaExceededException) {
            throw refusal;
        }
        // Else the same machine may have asked twice at once: the insert waited for the other one.
        return refusal == null ? Optional.of(outcome) : requireThere(connection, machine);
    }

    private static Optional<Outcome> requireThere(Connection connection, SelfRegistration machine) throws SQLException {
        if (!isThere(connection, machine)) {
            // It was deleted in between.
            throw new MachineIdTakenException();
        }
        return Optional.empty();
    }

    /** @throws MachineIdTakenException where one is there that is another */
    private static boolean isThere(Connection connection, SelfRegistration machine) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, machine.machineId());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                byte[] hash = machine.secret().hash();
                if (row.getString(1).equals(machine.owner())
                        && (MessageDigest.isEqual(hash, row.getBytes(2))
                                || MessageDigest.isEqual(hash, row.getBytes(3)))) {
                    return true;
                }
                throw new MachineIdTakenException();
            }
        }
    }

    private static boolean isUsedUp(Connection connection, SelfRegistration machine) throws SQLException {
        lock(connection, machine.key());
        return count(connection, machine.key()) >= machine.most();
    }

    private static void lock(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_KEY)) {
            statement.setString(1, key);
            statement.execute();
        }
    }

    private static long count(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
