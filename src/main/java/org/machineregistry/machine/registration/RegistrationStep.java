package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.machine.Quota;
import org.machineregistry.machine.QuotaExceededException;

/** Inserts machines in somebody's transaction, as far as there is room and their ids are free. */
@ApplicationScoped
class RegistrationStep {
    private final Quota quota;
    private final AnonymousQuota anonymousQuota;
    private final AnonymousShare anonymousShare;

    RegistrationStep(Quota quota, AnonymousQuota anonymousQuota, AnonymousShare anonymousShare) {
        this.quota = quota;
        this.anonymousQuota = anonymousQuota;
        this.anonymousShare = anonymousShare;
    }

    /**
     * The outcome for each machine, if the transaction is committed.
     *
     * @param refused those that were not registered, and why: {@link MachineIdTakenException} or {@link QuotaExceededException}
     */
    record Outcome(List<NewMachine> registered, Map<NewMachine, RuntimeException> refused) {
        private List<NewMachine> keep(Map<Boolean, List<NewMachine>> parted, Supplier<RuntimeException> reason) {
            parted.get(false).forEach(machine -> refused.put(machine, reason.get()));
            return parted.get(true);
        }
    }

    Outcome insert(Connection connection, List<NewMachine> machines) throws SQLException {
        Outcome all = new Outcome(machines, new LinkedHashMap<>());
        List<NewMachine> left = all.keep(quota.admit(connection, machines, NewMachine::owner),
                () -> QuotaExceededException.ofOwner(quota.most()));
        left = all.keep(anonymousQuota.admit(connection, left),
                () -> QuotaExceededException.ofAnonymous(anonymousQuota.most()));
        left = all.keep(anonymousShare.admit(left, anonymousQuota.free()), QuotaExceededException::ofNetwork);
        left = left.stream().sorted(Comparator.comparing(NewMachine::machineId)).toList();
        left = all.keep(RegistrationStatement.execute(connection, left), MachineIdTakenException::new);
        Announcements.announce(connection, left.stream()
                .map(machine -> new Change(Kind.CREATED, machine.owner(), machine.machineId())).toList());
        return new Outcome(left, all.refused());
    }

    /** The transaction is committed. */
    void committed(Outcome outcome) {
        anonymousShare.take(outcome.registered());
    }
}
