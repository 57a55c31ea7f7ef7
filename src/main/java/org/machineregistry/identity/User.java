package org.machineregistry.identity;

import java.security.Principal;
import java.time.Instant;

/** A person who is signed in: the {@code sub} of a JWT, and when that JWT expires. */
public record User(String id, Instant expiresAt) implements Principal {
    /** The role of resources for people. */
    public static final String ROLE = "user";

    @Override
    public String getName() {
        return id;
    }
}
