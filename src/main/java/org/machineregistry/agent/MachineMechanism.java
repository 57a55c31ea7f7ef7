package org.machineregistry.agent;

import java.util.Set;

import jakarta.inject.Singleton;

import org.machineregistry.credential.CredentialsUnavailableException;
import org.machineregistry.credential.KnownMachine;
import org.machineregistry.credential.MachineAuthenticator;
import org.machineregistry.http.RequestPath;
import org.machineregistry.limit.Network;
import org.machineregistry.presence.Presence;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Machines of {@code /api/agent}: their token, and nothing else, opens it. */
@Singleton
class MachineMechanism implements HttpAuthenticationMechanism {
    private final MachineAuthenticator machines;
    private final Presence presence;

    MachineMechanism(MachineAuthenticator machines, Presence presence) {
        this.machines = machines;
        this.presence = presence;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String authorization = RequestPath.of(context).startsWith(AgentResource.PATH)
                ? context.request().getHeader(HttpHeaders.AUTHORIZATION)
                : null;
        if (authorization == null) {
            return Uni.createFrom().nullItem();
        }
        return machines.authenticate(authorization, Network.of(context.request()))
                .map(KnownMachine::identity)
                .onFailure(CredentialsUnavailableException.class)
                .transform(unavailable -> presence.unavailable());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        // The header comes with every 401 problem; the problem library cannot read a challenge of Quarkus 3.33.
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        // If this were left undone, Quarkus would end the answer here, before it has a body.
        return Uni.createFrom().item(true);
    }

    /** None, because the identity is known by the authenticator, and by no provider. */
    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
