package org.machineregistry.connection;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Says that a replica is not ready while it can take few more connections: new machines are better sent to another replica, before this
 * one refuses them. Strangers' connections do not count, since they make room for those who are known.
 */
@Readiness
@ApplicationScoped
class ConnectionCheck implements AsyncHealthCheck {
    // Less than the tenth that one address leaves to the others, so that it does not make a replica unready by itself.
    private static final int FEW_IN = 20;

    private final Connections connections;

    ConnectionCheck(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(() -> response(connections.free(), connections.most()));
    }

    static HealthCheckResponse response(int free, int most) {
        return HealthCheckResponse.named("Connections are free")
                .status(free >= most / FEW_IN)
                .withData("free", free)
                .withData("most", most)
                .build();
    }
}
