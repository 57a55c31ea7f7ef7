package org.machineregistry.identity;

/** A session as its owner sees it; {@code expiresAt} in milliseconds since the epoch. */
record SessionView(String userId, long expiresAt, boolean anonymous) {
    static SessionView of(User user) {
        return new SessionView(user.id(), user.expiresAt().toEpochMilli(), user.anonymous());
    }
}
