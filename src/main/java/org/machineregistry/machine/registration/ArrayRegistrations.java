package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.database.PooledTransactions;
import org.machineregistry.http.Problems.Violation;
import org.machineregistry.identity.User;
import org.machineregistry.machine.MachineRegistration;
import org.machineregistry.machine.QuotaExceededException;
import org.machineregistry.machine.registration.RegistrationStep.Outcome;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;

/**
 * Registers the machines of an array: all of them or none, so that a script that is told no has nothing to clean up and may send
 * the same again. Each array is a transaction of its own.
 */
@ApplicationScoped
class ArrayRegistrations {
    private final PooledTransactions transactions;
    private final RegistrationStep step;
    private final SecretGenerator random;
    private final Validator validator;
    private final Audit audit;
    private final Executor workers;

    ArrayRegistrations(PooledTransactions transactions, RegistrationStep step, SecretGenerator random,
            Validator validator, Audit audit, Executor workers) {
        this.transactions = transactions;
        this.step = step;
        this.random = random;
        this.validator = validator;
        this.audit = audit;
        this.workers = workers;
    }

    /**
     * The registrations, in the order of the request. Fails as {@link Registrations#register} does; where ids are taken, all of them
     * are named.
     *
     * @param network where the owner is
     */
    Uni<List<MachineRegistration>> register(User user, long network, CreateMachines request) {
        return Uni.createFrom().item(Unchecked.supplier(() -> write(user, network, request)))
                .runSubscriptionOn(workers);
    }

    private List<MachineRegistration> write(User user, long network, CreateMachines request) throws SQLException {
        request.requireValid(validator);
        List<NewMachine> machines = request.machines().stream()
                .map(machine -> NewMachine.of(user, network, machine, random))
                .toList();
        step.committed(transactions.inTransaction(connection -> insert(connection, machines)));
        return machines.stream().map(NewMachine::registration).toList();
    }

    private Outcome insert(Connection connection, List<NewMachine> machines) throws SQLException {
        Outcome outcome = step.insert(connection, machines);
        if (!outcome.refused().isEmpty()) {
            throw refusal(machines, outcome);
        }
        return outcome;
    }

    private RuntimeException refusal(List<NewMachine> machines, Outcome outcome) {
        for (RuntimeException reason : outcome.refused().values()) {
            if (reason instanceof QuotaExceededException exceeded) {
                audit.count(AuditEvent.QUOTA_REACHED);
                return exceeded;
            }
        }
        return new MachineIdTakenException(IntStream.range(0, machines.size())
                .filter(index -> outcome.refused().containsKey(machines.get(index)))
                .mapToObj(index -> new Violation("[" + index + "].machineId", "is taken"))
                .toList());
    }
}
