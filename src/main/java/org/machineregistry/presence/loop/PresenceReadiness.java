package org.machineregistry.presence.loop;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.presence.clock.PresenceClock;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/** Ready while presence can be written. It knows that already, and so answers at once, also where the database does not. */
@Readiness
@ApplicationScoped
class PresenceReadiness implements AsyncHealthCheck {
    private final DatabaseAvailability availability;
    private final PresenceClock clock;

    PresenceReadiness(DatabaseAvailability availability, PresenceClock clock) {
        this.availability = availability;
        this.clock = clock;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("Presence can be written")
                        .status(availability.isAvailable() && clock.isSet()).build());
    }
}
