package org.machineregistry.machine;

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
import org.machineregistry.http.Problems;
import org.machineregistry.machine.RegistrationStep.Outcome;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;

/**
 * Registers machines that made their id and secret themselves and ask until they are answered: the same machine is registered once,
 * however often and at however many replicas it asks. Those that come while others are being written go together into the next
 * transaction, so that a fleet that boots at once takes one connection, and leaves the others to everybody else.
 */
@ApplicationScoped
public class SelfRegistrations {
    /** One that asks. @param answer whether it is new */
    private record Asking(SelfRegistration machine, CompletableFuture<Boolean> answer) {
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
    private final RequestCoalescer<Asking> rounds;

    SelfRegistrations(PooledTransactions transactions, RegistrationStep step, Audit audit, Executor workers) {
        this.batches = new Batches(transactions);
        this.step = step;
        this.audit = audit;
        this.rounds = new RequestCoalescer<>(workers, this::write, Asking::refuse);
    }

    /**
     * Whether it is new; false for one that was registered before with the same secret, for the same owner. Fails with an
     * {@link HttpProblem}, 409 where another machine has this id, 403 where its owner may have no more, 503 where the database cannot
     * be reached, or with {@link KeyUsedUpException}.
     */
    public Uni<Boolean> register(SelfRegistration machine) {
        Asking asking = new Asking(machine, new CompletableFuture<>());
        rounds.add(asking);
        return Uni.createFrom().completionStage(asking.answer).onFailure().transform(this::toProblem);
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

    private void write(List<Asking> all) throws SQLException {
        Set<String> ids = new HashSet<>();
        List<Asking> firsts = new ArrayList<>();
        List<Asking> again = new ArrayList<>();
        all.forEach(asking -> (ids.add(asking.machineId()) ? firsts : again).add(asking));
        // Those that wait for nobody first: a key for so many may be locked by another replica that stands still.
        Map<Boolean, List<Asking>> byLimit = firsts.stream()
                .collect(Collectors.partitioningBy(asking -> asking.machine.most() != null));
        for (List<Asking> batch : List.of(byLimit.get(false), byLimit.get(true))) {
            batches.write(batch, (connection, part, now) -> insert(connection, part), Asking::refuse);
        }
        // What the first of an id came to is seen in the next round.
        again.forEach(rounds::add);
    }

    private Runnable insert(Connection connection, List<Asking> batch) throws SQLException {
        List<Runnable> answers = new ArrayList<>();
        List<Asking> unknown = settle(connection, batch, answers);
        if (KeyUses.lock(connection, machines(unknown))) {
            // The transaction that held the lock may have registered some of these.
            unknown = settle(connection, unknown, answers);
        }
        Map<NewMachine, Asking> rows = admit(connection, unknown, answers);
        if (!rows.isEmpty()) {
            Outcome outcome = step.insert(connection, List.copyOf(rows.keySet()));
            answers.add(() -> step.committed(outcome));
            outcome.registered().forEach(row -> answers.add(() -> rows.get(row).answer.complete(true)));
            refuse(connection, outcome.refused(), rows, answers);
        }
        return () -> answers.forEach(Runnable::run);
    }

    private static Map<NewMachine, Asking> admit(Connection connection, List<Asking> unknown, List<Runnable> answers)
            throws SQLException {
        KeyUses uses = KeyUses.left(connection, machines(unknown));
        Map<NewMachine, Asking> rows = new LinkedHashMap<>();
        for (Asking asking : unknown) {
            if (uses.take(asking.machine)) {
                rows.put(NewMachine.of(asking.machine), asking);
            } else {
                answers.add(() -> asking.refuse(new KeyUsedUpException()));
            }
        }
        return rows;
    }

    private static void refuse(Connection connection, Map<NewMachine, RuntimeException> refused,
            Map<NewMachine, Asking> rows, List<Runnable> answers) throws SQLException {
        List<Asking> taken = new ArrayList<>();
        refused.forEach((row, reason) -> {
            if (reason instanceof MachineIdTakenException) {
                taken.add(rows.get(row));
            } else {
                answers.add(() -> rows.get(row).refuse(reason));
            }
        });
        // The same machine may have asked at another replica: the insert waited for it. One that is gone by now is told that its id is taken.
        settle(connection, taken, answers)
                .forEach(asking -> answers.add(() -> asking.refuse(new MachineIdTakenException())));
    }

    /** @return those whose id no machine has; what the others are to be told, after the commit, is added to {@code answers} */
    private static List<Asking> settle(Connection connection, List<Asking> asking, List<Runnable> answers)
            throws SQLException {
        KnownMachines known = KnownMachines.find(connection, asking.stream().map(Asking::machineId).toList());
        List<Asking> unknown = new ArrayList<>();
        for (Asking one : asking) {
            switch (known.compare(one.machine())) {
                case ABSENT -> unknown.add(one);
                case SAME -> answers.add(() -> one.answer.complete(false));
                case OTHER -> answers.add(() -> one.refuse(new MachineIdTakenException()));
            }
        }
        return unknown;
    }

    private static List<SelfRegistration> machines(List<Asking> asking) {
        return asking.stream().map(Asking::machine).toList();
    }
}
