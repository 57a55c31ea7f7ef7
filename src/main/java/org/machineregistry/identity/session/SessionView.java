package org.machineregistry.identity.session;

import java.util.List;

import org.machineregistry.identity.Team;
import org.machineregistry.identity.User;

/** A session as its owner sees it; {@code name} is null where none is known, {@code expiresAt} in milliseconds since the epoch. */
record SessionView(String userId, String name, long expiresAt, boolean anonymous, List<Team> teams,
        boolean administrator) {
    static SessionView of(User user) {
        return new SessionView(user.id(), user.name(), user.expiresAt().toEpochMilli(), user.anonymous(),
                user.teams().all(), user.isAdministrator());
    }
}
