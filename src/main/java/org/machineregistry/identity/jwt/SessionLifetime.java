package org.machineregistry.identity.jwt;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Singleton;

import org.machineregistry.identity.User;
import org.machineregistry.identity.provider.ProviderSettings;

/** How long a session lasts: with an OpenID provider no longer than a working day, so that who has left it is soon gone here. */
@Singleton
public class SessionLifetime {
    private static final Duration WITH_PROVIDER = Duration.ofHours(12);
    private static final Duration WITHOUT = Duration.ofDays(30);

    private final Duration lifetime;
    private final Duration renewable;

    SessionLifetime(SessionsConfig config, ProviderSettings provider) {
        lifetime = config.lifetime().orElse(provider.isConfigured() ? WITH_PROVIDER : WITHOUT);
        renewable = config.renewableFor();
    }

    public Duration get() {
        return lifetime;
    }

    /** When a session that begins or is renewed now ends: who has an account is asked by their provider now and then whether they still do. */
    public Instant end(User user, Instant now) {
        Instant end = now.plus(lifetime);
        Instant last = Instant.ofEpochSecond(user.startedAt())
                .plus(lifetime.compareTo(renewable) > 0 ? lifetime : renewable);
        return user.anonymous() || end.isBefore(last) ? end : last;
    }
}
