package org.machineregistry.machine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.database.Batches;
import org.machineregistry.database.PooledTransactions;
import org.machineregistry.database.RequestCoalescer;
import org.machineregistry.identity.User;

import io.smallrye.mutiny.Uni;

/**
 * Registers machines. Those that come while others are being written go together into the next transaction: a fleet that is
 * registered by a script pays for one commit and one announcement a batch, not a machine.
 */
@ApplicationScoped
class Registrations {
    private final Batches batches;
    private final Quota quota;
    private final AnonymousQuota anonymousQuota;
    private final AnonymousShare anonymousShare;
    private final SecretGenerator random;
    private final Audit audit;
    private final RequestCoalescer<NewMachine> rounds;

    Registrations(PooledTransactions transactions, Quota quota, AnonymousQuota anonymousQuota,
            AnonymousShare anonymousShare,
            SecretGenerator random, Audit audit, Executor workers) {
        this.batches = new Batches(transactions);
        this.quota = quota;
        this.anonymousQuota = anonymousQuota;
        this.anonymousShare = anonymousShare;
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

    private void refuse(List<NewMachine> machines, QuotaExceededException reason) {
        machines.forEach(machine -> {
            audit.count(AuditEvent.QUOTA_REACHED);
            machine.refuse(reason);
        });
    }

    private Runnable insert(Connection connection, List<NewMachine> batch) throws SQLException {
        Map<Boolean, List<NewMachine>> admitted = quota.admit(connection, batch);
        Map<Boolean, List<NewMachine>> fitting = anonymousQuota.admit(connection, admitted.get(true));
        Map<Boolean, List<NewMachine>> fair = anonymousShare.admit(fitting.get(true), anonymousQuota.free());
        Map<Boolean, List<NewMachine>> registered = RegistrationStatement.execute(connection,
                fair.get(true).stream().sorted(Comparator.comparing(NewMachine::machineId)).toList());
        Announcements.announce(connection, registered.get(true).stream()
                .map(machine -> new Change(Kind.CREATED, machine.owner(), machine.machineId())).toList());
        return () -> {
            anonymousShare.take(registered.get(true));
            registered.get(true).forEach(NewMachine::registered);
            registered.get(false).forEach(machine -> machine.refuse(new MachineIdTakenException()));
            refuse(admitted.get(false), QuotaExceededException.ofOwner(quota.most()));
            refuse(fitting.get(false), QuotaExceededException.ofAnonymous(anonymousQuota.most()));
            refuse(fair.get(false), QuotaExceededException.ofNetwork());
        };
    }
}
