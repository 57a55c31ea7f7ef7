package org.machineregistry.identity.revocation;

import java.time.Clock;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.SessionLifetime;

/** For how long revocations have to be remembered, in seconds since the epoch. */
@ApplicationScoped
public class RevocationTimes {
    /** The end of the year 9999: a provider may sign what expires later than PostgreSQL can say. */
    private static final long LATEST = 253_402_300_799L;
    /** What lives longest of all that is signed, whatever the settings. */
    public static final Duration YEAR = Duration.ofDays(365);
    private static final Duration USUAL = Duration.ofDays(30);

    private final SessionLifetime lifetime;
    private final Clock clock;

    RevocationTimes(SessionLifetime lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * When this session has expired by itself, and all that it may have been renewed from or to by now. Sessions of before may have
     * been signed when they were to last longer.
     */
    long expired(User user) {
        Duration longest = user.anonymous() ? USUAL : YEAR;
        Duration signed = lifetime.get().compareTo(longest) > 0 ? lifetime.get() : longest;
        long renewed = clock.instant().plus(signed).getEpochSecond();
        return Math.min(LATEST, Math.max(user.expiresAt().getEpochSecond(), renewed));
    }

    /** When all that was started for a person until then has expired by itself. */
    long allExpired(long startedUntil) {
        return Math.min(LATEST, startedUntil + Math.max(YEAR.toSeconds(), lifetime.get().toSeconds()));
    }
}
