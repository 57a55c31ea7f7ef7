package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.database.Batches;
import org.machineregistry.database.PooledTransactions;
import org.machineregistry.database.RequestCoalescer;
import org.machineregistry.identity.User;
import org.machineregistry.machine.MachineRegistration;
import org.machineregistry.machine.QuotaExceededException;
import org.machineregistry.machine.registration.RegistrationStep.Outcome;

import io.smallrye.mutiny.Uni;

/**
 * Registers single machines. Those that come while others are being written go together into the next transaction: a fleet that is
 * registered by a script pays for one commit and one announcement a batch, not a machine.
 */
@ApplicationScoped
class Registrations {
    private final Batches batches;
    private final RegistrationStep step;
    private final SecretGenerator random;
    private final Audit audit;
    private final RequestCoalescer<NewMachine> rounds;

    Registrations(PooledTransactions transactions, RegistrationStep step, SecretGenerator random, Audit audit,
            Executor workers) {
        this.batches = new Batches(transactions);
        this.step = step;
        this.random = random;
        this.audit = audit;
        this.rounds = new RequestCoalescer<>(workers, this::write, NewMachine::refuse);
    }

    /**
     * Fails with {@link MachineIdTakenException}, whoever owns the other one, or with {@link QuotaExceededException}. Where the
     * database is lost at the commit, it fails and may have registered the machine all the same.
     *
     * @param network where the owner is
     */
    Uni<MachineRegistration> register(User user, long network, CreateMachine request) {
        NewMachine machine = NewMachine.of(user, network, request, random);
        rounds.add(machine);
        return Uni.createFrom().completionStage(machine.answer());
    }

    private void write(List<NewMachine> machines) throws SQLException {
        batches.write(machines, (connection, batch, now) -> insert(connection, batch), NewMachine::refuse);
    }

    private Runnable insert(Connection connection, List<NewMachine> batch) throws SQLException {
        Outcome outcome = step.insert(connection, batch);
        return () -> {
            step.committed(outcome);
            outcome.registered().forEach(NewMachine::registered);
            outcome.refused().forEach(this::refuse);
        };
    }

    private void refuse(NewMachine machine, RuntimeException reason) {
        if (reason instanceof QuotaExceededException) {
            audit.count(AuditEvent.QUOTA_REACHED);
        }
        machine.refuse(reason);
    }
}
