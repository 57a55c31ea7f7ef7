package org.machineregistry.presence;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.machineregistry.batch.DatabaseAvailability;

/** Ready while presence can be written. It knows that already, and so answers at once, also where the database does not. */
@Readiness
@ApplicationScoped
class PresenceReadiness implements HealthCheck {
    private final DatabaseAvailability availability;
    private final PresenceClock clock;

    PresenceReadiness(DatabaseAvailability availability, PresenceClock clock) {
        this.availability = availability;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("Presence can be written")
                .status(availability.isAvailable() && clock.isSet())
                .build();
    }
}
