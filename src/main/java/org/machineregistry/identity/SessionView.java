package org.machineregistry.identity;

/** A session as its owner sees it; {@code name} is null where none is known, {@code expiresAt} in milliseconds since the epoch. */
record SessionView(String userId, String name, long expiresAt, boolean anonymous) {
    static SessionView of(User user) {
        return new SessionView(user.id(), user.name(), user.expiresAt().toEpochMilli(), user.anonymous());
    }
}
