package org.machineregistry.credential;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.database.RequestCoalescer;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Looks up machines that are not known yet: those that ask while a statement runs go together into the next one. */
@ApplicationScoped
public class CredentialLookup {
    private final MachineCredentials credentials;
    private final CredentialCache cache;
    private final DatabaseAvailability availability;
    private final RequestCoalescer<Question> rounds;
    private final Set<Question> waiting = ConcurrentHashMap.newKeySet();

    private record Question(String machineId, CompletableFuture<MachineCredential> answer) {}

    CredentialLookup(MachineCredentials credentials, CredentialCache cache, DatabaseAvailability availability,
            Executor workers) {
        this.credentials = credentials;
        this.cache = cache;
        this.availability = availability;
        this.rounds = new RequestCoalescer<>(workers, this::lookUp,
                (question, failure) -> question.answer().completeExceptionally(failure));
        availability.whileLost(this::refuse);
    }

    /**
     * Completes with null for a machine that does not exist; fails when the database cannot be reached. It completes where it was
     * asked: the thread that answers a look-up answers many, and a handshake must go on where its connection is read.
     */
    public Uni<MachineCredential> find(String machineId) {
        Question question = new Question(machineId, new CompletableFuture<>());
        waiting.add(question);
        question.answer().whenComplete((found, failure) -> waiting.remove(question));
        rounds.add(question);
        return Uni.createFrom().completionStage(question.answer()).emitOn(callersContext());
    }

    /**
     * A connection that cannot be had is waited for longer than a machine may wait: it is to be heard by another replica before its
     * silence counts.
     */
    private void refuse() {
        waiting.forEach(question -> question.answer().completeExceptionally(new CredentialsUnavailableException(null)));
    }

    static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : command -> context.runOnContext(ignored -> command.run());
    }

    private void lookUp(List<Question> questions) throws SQLException {
        if (!availability.isAvailable()) {
            throw new CredentialsUnavailableException(null);
        }
        Map<String, MachineCredential> found = read(
                questions.stream().map(Question::machineId).collect(Collectors.toSet()));
        questions.forEach(question -> question.answer().complete(found.get(question.machineId())));
    }

    private Map<String, MachineCredential> read(Set<String> machineIds) throws SQLException {
        long drops = cache.drops();
        Map<String, MachineCredential> found = new HashMap<>();
        for (MachineCredential credential : credentials.find(machineIds)) {
            cache.keep(credential, drops);
            found.put(credential.machineId(), credential);
        }
        return found;
    }
}
