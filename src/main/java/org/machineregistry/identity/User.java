package org.machineregistry.identity;

import java.security.Principal;
import java.time.Instant;

/**
 * A person who is signed in: the {@code sub} of a JWT, and when that JWT expires.
 *
 * @param anonymous whether they came without an account, as anybody can, and as often as they like
 * @param sessionId by which the JWT, and what it was renewed from or to, is revoked
 * @param startedAt when the first of them was signed, in seconds since the epoch
 */
public record User(String id, Instant expiresAt, boolean anonymous, String sessionId, long startedAt)
        implements
            Principal {
    /** The role of resources for people. */
    public static final String ROLE = "user";

    @Override
    public String getName() {
        return id;
    }
}
