package org.machineregistry.identity;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A session with its JWT, as it is answered when it starts; {@code expiresAt} in milliseconds since the epoch. */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
record Session(String userId, String name, String token, long expiresAt, boolean anonymous, List<Team> teams,
        boolean administrator) {
    static Session of(User user, String token) {
        return new Session(user.id(), user.name(), token, user.expiresAt().toEpochMilli(), user.anonymous(),
                user.teams().all(), user.isAdministrator());
    }

    long secondsLeft(Instant now) {
        return Math.max(0, expiresAt / 1000 - now.getEpochSecond());
    }

    @Override
    public String toString() {
        return "Session of " + userId;
    }
}
