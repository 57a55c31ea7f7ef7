package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.database.Batches;
import org.machineregistry.database.PooledTransactions;
import org.machineregistry.database.RequestCoalescer;
import org.machineregistry.http.DatabaseProblems;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.machine.QuotaExceededException;
import org.machineregistry.machine.registration.RegistrationStep.Outcome;

import io.smallrye.mutiny.Uni;

/**
 * Registers machines that made their id and secret themselves and ask until they are answered: the same machine is registered once,
 * however often and at however many replicas it asks. Those that come while others are being written go together into the next
 * transaction, so that a fleet that boots at once takes one connection, and leaves the others to everybody else.
 */
@ApplicationScoped
public class SelfRegistrations {
    /** A machine that waits for its answer. @param answer whether it is new */
    private record PendingRegistration(SelfRegistration machine, CompletableFuture<Boolean> answer) {
        String machineId() {
            return machine.machineId();
        }

        void refuse(Throwable reason) {
            answer.completeExceptionally(reason);
        }
    }

    private final Batches batches;
    private final RegistrationStep step;
    private final Audit audit;
    private final RequestCoalescer<PendingRegistration> coalescer;

    SelfRegistrations(PooledTransactions transactions, RegistrationStep step, Audit audit, Executor workers) {
        this.batches = new Batches(transactions);
        this.step = step;
        this.audit = audit;
        this.coalescer = new RequestCoalescer<>(workers, this::write, PendingRegistration::refuse);
    }

    /**
     * Whether it is new; false for one that was registered before with the same secret, for the same owner. Fails with an
     * {@link HttpProblem}, 409 where another machine has this id, 403 where its owner may have no more, 503 where the database cannot
     * be reached, or with {@link KeyUsedUpException}.
     */
    public Uni<Boolean> register(SelfRegistration machine) {
        PendingRegistration pending = new PendingRegistration(machine, new CompletableFuture<>());
        coalescer.add(pending);
        return Uni.createFrom().completionStage(pending.answer).onFailure().transform(this::toProblem);
    }

    private Throwable toProblem(Throwable failure) {
        if (failure instanceof MachineIdTakenException taken) {
            return MachineProblems.of(taken);
        }
        if (failure instanceof QuotaExceededException exceeded) {
            audit.count(AuditEvent.QUOTA_REACHED);
            return MachineProblems.of(exceeded);
        }
        return DatabaseProblems.isUnavailable(failure) ? Problems.unavailable() : failure;
    }

    private void write(List<PendingRegistration> all) throws SQLException {
        Set<String> ids = new HashSet<>();
        List<PendingRegistration> firsts = new ArrayList<>();
        List<PendingRegistration> again = new ArrayList<>();
        all.forEach(pending -> (ids.add(pending.machineId()) ? firsts : again).add(pending));
        // Those that wait for nobody first: a key for so many may be locked by another replica that stands still.
        Map<Boolean, List<PendingRegistration>> byLimit = firsts.stream()
                .collect(Collectors.partitioningBy(pending -> pending.machine.most() != null));
        for (List<PendingRegistration> batch : List.of(byLimit.get(false), byLimit.get(true))) {
            batches.write(batch, (connection, part, now) -> insert(connection, part), PendingRegistration::refuse);
        }
        // The next round sees the outcome of the first request for an id.
        again.forEach(coalescer::add);
    }

    private Runnable insert(Connection connection, List<PendingRegistration> batch) throws SQLException {
        List<Runnable> answers = new ArrayList<>();
        List<PendingRegistration> unknown = settle(connection, batch, answers);
        if (KeyUses.lock(connection, machines(unknown))) {
            // The transaction that held the lock may have registered some of these.
            unknown = settle(connection, unknown, answers);
        }
        Map<NewMachine, PendingRegistration> rows = admit(connection, unknown, answers);
        if (!rows.isEmpty()) {
            Outcome outcome = step.insert(connection, List.copyOf(rows.keySet()));
            answers.add(() -> step.committed(outcome));
            outcome.registered().forEach(row -> answers.add(() -> rows.get(row).answer.complete(true)));
            outcome.refused().forEach((row, reason) -> answers.add(() -> refuse(rows.get(row), reason)));
        }
        return () -> answers.forEach(Runnable::run);
    }

    private static Map<NewMachine, PendingRegistration> admit(Connection connection, List<PendingRegistration> unknown,
            List<Runnable> answers) throws SQLException {
        KeyUses uses = KeyUses.left(connection, machines(unknown));
        Map<NewMachine, PendingRegistration> rows = new LinkedHashMap<>();
        for (PendingRegistration pending : unknown) {
            if (uses.take(pending.machine)) {
                rows.put(NewMachine.of(pending.machine), pending);
            } else {
                answers.add(() -> pending.refuse(new KeyUsedUpException()));
            }
        }
        return rows;
    }

    private void refuse(PendingRegistration pending, RuntimeException reason) {
        if (reason instanceof MachineIdTakenException) {
            // The same machine may have asked at another replica: the insert waited for it, and the next round sees it.
            coalescer.add(pending);
        } else {
            pending.refuse(reason);
        }
    }

    /** Adds the answers to those who are known, for after the commit. @return those whose id no machine has */
    private static List<PendingRegistration> settle(Connection connection, List<PendingRegistration> pending,
            List<Runnable> answers) throws SQLException {
        KnownMachines known = KnownMachines.find(connection,
                pending.stream().map(PendingRegistration::machineId).toList());
        List<PendingRegistration> unknown = new ArrayList<>();
        for (PendingRegistration one : pending) {
            switch (known.compare(one.machine())) {
                case ABSENT -> unknown.add(one);
                case SAME -> answers.add(() -> one.answer.complete(false));
                case OTHER -> answers.add(() -> one.refuse(new MachineIdTakenException()));
            }
        }
        return unknown;
    }

    private static List<SelfRegistration> machines(List<PendingRegistration> pending) {
        return pending.stream().map(PendingRegistration::machine).toList();
    }
}
