package org.machineregistry.agent;

import java.util.concurrent.ExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.http.DatabaseProblems;
import org.machineregistry.machine.MachineCredential;
import org.machineregistry.machine.MachineCredential.Match;
import org.machineregistry.machine.MachineCredentials;
import org.machineregistry.presence.Presence;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Tells which machine a token is of. An unknown machine and a wrong secret cannot be told apart. */
@ApplicationScoped
class MachineIdentityProvider implements IdentityProvider<MachineAuthenticationRequest> {
    private final CredentialCache cache;
    private final CredentialLookup lookup;
    private final MachineCredentials credentials;
    private final Presence presence;
    private final FailureLimit failures;
    private final ExecutorService workers;

    MachineIdentityProvider(CredentialCache cache, CredentialLookup lookup, MachineCredentials credentials,
            Presence presence, FailureLimit failures, ExecutorService workers) {
        this.cache = cache;
        this.lookup = lookup;
        this.credentials = credentials;
        this.presence = presence;
        this.failures = failures;
        this.workers = workers;
    }

    @Override
    public Class<MachineAuthenticationRequest> getRequestType() {
        return MachineAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(MachineAuthenticationRequest request,
            AuthenticationRequestContext context) {
        RuntimeException refusal = failures.refusal(request.token.machineId(), request.network);
        if (refusal != null) {
            return Uni.createFrom().failure(refusal);
        }
        KnownMachine known = cache.find(request.token.machineId());
        Match match = known == null ? Match.NONE : match(known, request);
        if (match != Match.NONE) {
            return admit(known, match, request);
        }
        // Also for one that is known: a new secret must be good before its announcement is heard.
        if (!presence.awayFor().isZero()) {
            // A whole fleet that asks need not wait in line for a connection that cannot be had.
            return Uni.createFrom().failure(presence.unavailable());
        }
        return lookUp(request);
    }

    private Uni<SecurityIdentity> lookUp(MachineAuthenticationRequest request) {
        return lookup.find(request.token.machineId())
                .onFailure(DatabaseProblems::isUnavailable)
                .transform(failure -> presence.unavailable())
                .chain(found -> admit(found, match(found, request), request));
    }

    private static Match match(KnownMachine machine, MachineAuthenticationRequest request) {
        return MachineCredential.match(machine == null ? null : machine.credential(), request.token.secretHash());
    }

    private Uni<SecurityIdentity> admit(KnownMachine machine, Match match, MachineAuthenticationRequest request) {
        return switch (match) {
            case CURRENT -> Uni.createFrom().item(machine.identity());
            case NEXT -> promote(machine, request);
            case NONE -> Uni.createFrom().failure(failures.fail(request.token.machineId(), request.network));
        };
    }

    /** The first use of a rotated secret ends the older one, before this request goes on. */
    private Uni<SecurityIdentity> promote(KnownMachine machine, MachineAuthenticationRequest request) {
        return Uni.createFrom().item(machine.credential()).emitOn(workers).map(credential -> {
            try {
                return credentials.promoteNext(credential);
            } finally {
                cache.drop(credential.machineId());
            }
        })
                .emitOn(CredentialLookup.callersContext())
                // Else another request was first with it, or it was replaced, or revoked, a moment ago.
                .chain(promoted -> promoted ? Uni.createFrom().item(machine.identity()) : lookUp(request));
    }
}
