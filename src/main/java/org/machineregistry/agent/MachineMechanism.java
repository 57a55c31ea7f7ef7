package org.machineregistry.agent;

import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.RequestPath;
import org.machineregistry.limit.Network;

import io.quarkus.security.AuthenticationFailedException;
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
    static final String PATH = "/api/agent/";

    private final Audit audit;

    MachineMechanism(Audit audit) {
        this.audit = audit;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        if (!RequestPath.of(context).startsWith(PATH)) {
            return Uni.createFrom().nullItem();
        }
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return Uni.createFrom().nullItem();
        }
        Optional<MachineToken> token = MachineToken.parse(authorization);
        if (token.isEmpty()) {
            audit.count(AuditEvent.MACHINE_TOKEN_REFUSED);
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        return identities.authenticate(
                new MachineAuthenticationRequest(token.get(), Network.of(context.request())));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        // The header comes with every 401 problem; the problem library cannot read a challenge of this platform's release.
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        // If this were left undone, Quarkus would end the answer here, before it has a body.
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(MachineAuthenticationRequest.class);
    }
}
