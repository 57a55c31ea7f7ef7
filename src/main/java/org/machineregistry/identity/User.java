package org.machineregistry.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.List;

/**
 * A person who is signed in: the {@code sub} of a JWT, and when that JWT expires.
 *
 * @param anonymous whether they came without an account, as anybody can, and as often as they like
 * @param sessionId by which the JWT, and what it was renewed from or to, is revoked
 * @param startedAt when the first of them was signed, in seconds since the epoch
 * @param name what to call them; null for who came without an account, and where the OpenID provider does not say it
 * @param teams the names of their teams, as the OpenID provider says them
 */
public record User(String id, Instant expiresAt, boolean anonymous, String sessionId, long startedAt, String name,
        List<String> teams)
        implements
            Principal {
    /** The role of resources for people. */
    public static final String ROLE = "user";

    /** Somebody of whom no more is known. */
    public User(String id, Instant expiresAt, boolean anonymous, String sessionId, long startedAt) {
        this(id, expiresAt, anonymous, sessionId, startedAt, null, List.of());
    }

    @Override
    public String getName() {
        return id;
    }
}
