package org.machineregistry.identity;

import java.util.List;

/** A session as its owner sees it; {@code name} is null where none is known, {@code expiresAt} in milliseconds since the epoch. */
record SessionView(String userId, String name, long expiresAt, boolean anonymous, List<Team> teams,
        boolean administrator) {
    static SessionView of(User user) {
        return new SessionView(user.id(), user.name(), user.expiresAt().toEpochMilli(), user.anonymous(),
                user.teams().all(), user.isAdministrator());
    }
}
