package org.machineregistry.credential;

import java.util.Optional;
import java.util.concurrent.ExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.credential.MachineCredential.Match;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.http.DatabaseProblems;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;

/**
 * The one door for machines: tells which machine a token is of, over HTTP and for a socket alike. An unknown machine and a wrong
 * secret cannot be told apart.
 */
@ApplicationScoped
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
     * that failed too often, with {@link CredentialsUnavailableException} where the database is needed and cannot be reached.
     *
     * @param authorization the header
     * @param network where it comes from, as {@link org.machineregistry.limit.Network} counts it
     */
    public Uni<KnownMachine> authenticate(String authorization, long network) {
        Optional<MachineToken> token = MachineToken.parse(authorization);
        if (token.isEmpty()) {
            audit.count(AuditEvent.MACHINE_TOKEN_REFUSED);
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        RuntimeException refusal = failures.refusal(token.get().machineId(), network);
        return refusal == null ? authenticate(token.get(), network) : Uni.createFrom().failure(refusal);
    }

    /**
     * The same where it takes nothing but a look at what this replica remembers: no promotion, no count of a failure. Empty where it
     * does, and for who is not let in.
     */
    public Optional<KnownMachine> recognise(String authorization, long network) {
        Optional<MachineToken> token = MachineToken.parse(authorization);
        if (token.isEmpty() || !failures.isIdle() && failures.isReached(token.get().machineId(), network)) {
            return Optional.empty();
        }
        KnownMachine known = cache.find(token.get().machineId());
        return match(known, token.get()) == Match.CURRENT ? Optional.of(known) : Optional.empty();
    }

    /** Whether nothing happened to a machine's token since it was {@link #recognise recognised}. */
    public boolean isStillGood(KnownMachine recognised) {
        return cache.find(recognised.credential().machineId()) == recognised;
    }

    private Uni<KnownMachine> authenticate(MachineToken token, long network) {
        KnownMachine known = cache.find(token.machineId());
        Match match = match(known, token);
        if (match != Match.NONE) {
            return admit(known, match, token, network);
        }
        // Also for one that is known: a new secret must be good before its announcement is heard.
        if (!availability.isAvailable()) {
            // A whole fleet that asks need not wait in line for a connection that cannot be had.
            return Uni.createFrom().failure(new CredentialsUnavailableException(null));
        }
        return lookUp(token, network);
    }

    private Uni<KnownMachine> lookUp(MachineToken token, long network) {
        return lookup.find(token.machineId())
                .onFailure(DatabaseProblems::isUnavailable)
                .transform(CredentialsUnavailableException::new)
                .chain(found -> admit(found, match(found, token), token, network));
    }

    private static Match match(KnownMachine machine, MachineToken token) {
        return MachineCredential.match(machine == null ? null : machine.credential(), token.secretHash());
    }

    private Uni<KnownMachine> admit(KnownMachine machine, Match match, MachineToken token, long network) {
        return switch (match) {
            case CURRENT -> Uni.createFrom().item(machine);
            case NEXT -> promote(machine, token, network);
            case NONE -> Uni.createFrom().failure(failures.fail(token.machineId(), network));
        };
    }

    /** The first use of a rotated secret ends the older one, before this request goes on. */
    private Uni<KnownMachine> promote(KnownMachine machine, MachineToken token, long network) {
        return Uni.createFrom().item(machine.credential()).emitOn(workers).map(credential -> {
            try {
                return credentials.promoteNext(credential);
            } finally {
                cache.drop(credential.machineId());
            }
        })
                .emitOn(CredentialLookup.callersContext())
                // Else another request was first with it, or it was replaced, or revoked, a moment ago.
                .chain(promoted -> promoted ? Uni.createFrom().item(machine) : lookUp(token, network));
    }
}
