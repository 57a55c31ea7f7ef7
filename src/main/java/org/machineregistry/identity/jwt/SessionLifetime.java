package org.machineregistry.identity.jwt;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.machineregistry.identity.provider.ProviderSettings;

/** How long a session lasts: with an OpenID provider no longer than a working day, so that who has left it is soon gone here. */
@Singleton
public class SessionLifetime {
    private static final Duration WITH_PROVIDER = Duration.ofHours(12);
    private static final Duration WITHOUT = Duration.ofDays(30);

    private final Duration lifetime;

    SessionLifetime(SessionsConfig config, ProviderSettings provider) {
        lifetime = config.lifetime().orElse(provider.isConfigured() ? WITH_PROVIDER : WITHOUT);
    }

    public Duration get() {
        return lifetime;
    }
}
