package org.machineregistry.change;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Says that a replica is not ready while it is not proven that announcements arrive, whether a pooler loses them or the database is away. The listener
 * asks the database twice a second, and this says what it knows: unlike Agroal's own check it borrows no connection, and answers
 * at once also where none can be had.
 */
@Readiness
@ApplicationScoped
class ListeningCheck implements AsyncHealthCheck {
    private final ChangeListener listener;

    ListeningCheck(ChangeListener listener) {
        this.listener = listener;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("Announcements of changes arrive from the database")
                        .status(listener.isListening()).build());
    }
}
