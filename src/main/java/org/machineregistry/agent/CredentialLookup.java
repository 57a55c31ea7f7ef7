package org.machineregistry.agent;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.machine.MachineCredential;
import org.machineregistry.machine.MachineCredentials;

import io.smallrye.mutiny.Uni;

/** Looks up machines that are not known yet: those that ask while a statement runs go together into the next one. */
@ApplicationScoped
class CredentialLookup {
    private final MachineCredentials credentials;
    private final CredentialCache cache;
    private final ExecutorService workers;
    private final Object lock = new Object();
    private Map<String, CompletableFuture<KnownMachine>> waiting = new LinkedHashMap<>();
    private boolean running;

    CredentialLookup(MachineCredentials credentials, CredentialCache cache, ExecutorService workers) {
        this.credentials = credentials;
        this.cache = cache;
        this.workers = workers;
    }

    /** Completes with null for a machine that does not exist; fails when the database cannot be reached. */
    Uni<KnownMachine> find(String machineId) {
        CompletableFuture<KnownMachine> answer;
        synchronized (lock) {
            answer = waiting.computeIfAbsent(machineId, unknown -> new CompletableFuture<>());
            if (!running) {
                running = true;
                workers.execute(this::lookUpAll);
            }
        }
        return Uni.createFrom().completionStage(answer);
    }

    private void lookUpAll() {
        for (Map<String, CompletableFuture<KnownMachine>> batch = take(); !batch.isEmpty(); batch = take()) {
            lookUp(batch);
        }
    }

    private Map<String, CompletableFuture<KnownMachine>> take() {
        synchronized (lock) {
            Map<String, CompletableFuture<KnownMachine>> batch = waiting;
            waiting = new LinkedHashMap<>();
            running = !batch.isEmpty();
            return batch;
        }
    }

    private void lookUp(Map<String, CompletableFuture<KnownMachine>> batch) {
        try {
            Map<String, KnownMachine> found = read(batch);
            batch.forEach((machineId, answer) -> answer.complete(found.get(machineId)));
        } catch (SQLException | RuntimeException | Error failure) {
            // Whatever it is: who waits is told, and the next look-up runs.
            batch.values().forEach(answer -> answer.completeExceptionally(failure));
        }
    }

    private Map<String, KnownMachine> read(Map<String, CompletableFuture<KnownMachine>> batch) throws SQLException {
        long drops = cache.drops();
        Map<String, KnownMachine> found = new HashMap<>();
        for (MachineCredential credential : credentials.find(batch.keySet())) {
            KnownMachine machine = KnownMachine.of(credential);
            cache.keep(machine, drops);
            found.put(credential.machineId(), machine);
        }
        return found;
    }
}
