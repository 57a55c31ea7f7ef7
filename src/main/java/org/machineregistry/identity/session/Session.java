package org.machineregistry.identity.session;

import java.time.Instant;
import java.util.List;

import org.machineregistry.identity.Team;
import org.machineregistry.identity.User;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A session as it is answered when it starts, with its JWT or without; {@code expiresAt} in milliseconds since the epoch. */
// The body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
public record Session(String userId, String name, @JsonInclude(JsonInclude.Include.NON_NULL) String token,
        long expiresAt,
        boolean anonymous, List<Team> teams,
        boolean administrator) {
    /** The same session without its JWT, which the cookie carries alone. */
    Session withoutToken() {
        return new Session(userId, name, null, expiresAt, anonymous, teams, administrator);
    }

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
