package org.machineregistry.credential;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

import jakarta.inject.Singleton;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.credential.MachineCredential.Match;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.http.DatabaseProblems;

import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.Future;

/**
 * The one door for machines: tells which machine a token is of, over HTTP and for a socket alike. An unknown machine and a wrong
 * secret cannot be told apart. A machine that this replica knows is let in at once; the others wait for the database.
 */
@Singleton
public class MachineAuthenticator {
    private final CredentialCache cache;
    private final CredentialLookup lookup;
    private final MachineCredentials credentials;
    private final DatabaseAvailability availability;
    private final FailureLimit failures;
    private final ExecutorService workers;
    private final Audit audit;

    MachineAuthenticator(CredentialCache cache, CredentialLookup lookup, MachineCredentials credentials,
            DatabaseAvailability availability, FailureLimit failures, ExecutorService workers, Audit audit) {
        this.cache = cache;
        this.lookup = lookup;
        this.credentials = credentials;
        this.availability = availability;
        this.failures = failures;
        this.workers = workers;
        this.audit = audit;
    }

    /**
     * Lets a machine in. Fails with {@link AuthenticationFailedException} for a token that is not good, with a 429 for an address
     * that failed too often, with {@link CredentialsUnavailableException} where the database is needed and cannot be reached. It
     * completes where it was asked.
     *
     * @param authorization the header
     * @param network where it comes from, as {@link org.machineregistry.limit.Network} counts it; asked for only where somebody failed
     */
    public Future<MachineCredential> authenticate(String authorization, LongSupplier network) {
        Optional<MachineToken> token = MachineToken.parse(authorization);
        if (token.isEmpty()) {
            audit.count(AuditEvent.MACHINE_TOKEN_REFUSED);
            return Future.failedFuture(new AuthenticationFailedException());
        }
        RuntimeException refusal = failures.isIdle()
                ? null
                : failures.refusal(token.get().machineId(), network.getAsLong());
        return refusal == null ? authenticate(token.get(), network) : Future.failedFuture(refusal);
    }

    /** Whether nothing happened to a machine's token since it was let in, as far as this replica knows. */
    public boolean isStillGood(MachineCredential admitted) {
        return cache.find(admitted.machineId()) == admitted;
    }

    private Future<MachineCredential> authenticate(MachineToken token, LongSupplier network) {
        byte[] secretHash = token.secretHash();
        MachineCredential known = cache.find(token.machineId());
        Match match = MachineCredential.match(known, secretHash);
        if (match == Match.CURRENT) {
            return Future.succeededFuture(known);
        }
        // Before anything is waited for: of a connection that ended meanwhile nobody could tell where it came from.
        long from = network.getAsLong();
        if (match == Match.NEXT) {
            return promote(known, secretHash, from);
        }
        // The database is asked for a known one, too: a new secret must be good before its announcement is heard.
        if (!availability.isAvailable()) {
            // A whole fleet that asks need not wait in line for a connection that cannot be had.
            return Future.failedFuture(new CredentialsUnavailableException(null));
        }
        return lookUp(token.machineId(), secretHash, from);
    }

    private Future<MachineCredential> lookUp(String machineId, byte[] secretHash, long network) {
        return Future.fromCompletionStage(lookup.find(machineId).subscribeAsCompletionStage())
                .recover(failure -> Future.failedFuture(DatabaseProblems.isUnavailable(failure)
                        ? new CredentialsUnavailableException(failure)
                        : failure))
                .compose(found -> switch (MachineCredential.match(found, secretHash)) {
                    case CURRENT -> Future.succeededFuture(found);
                    case NEXT -> promote(found, secretHash, network);
                    case NONE -> Future.failedFuture(failures.fail(machineId, network));
                });
    }

    /** The first use of a rotated secret ends the older one, before this request goes on. */
    private Future<MachineCredential> promote(MachineCredential machine, byte[] secretHash, long network) {
        CompletableFuture<Boolean> promotion = CompletableFuture.supplyAsync(() -> {
            try {
                return credentials.promoteNext(machine);
            } finally {
                cache.drop(machine.machineId());
            }
        }, workers);
        return Future
                .fromCompletionStage(promotion.thenApplyAsync(promoted -> promoted, CredentialLookup.callersContext()))
                // A secret that is not promoted was another request's a moment ago, or was replaced or revoked.
                .compose(promoted -> promoted
                        ? Future.succeededFuture(machine)
                        : lookUp(machine.machineId(), secretHash, network));
    }
}
