package org.machineregistry.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;

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
        Teams teams, Scope scope) implements Principal {
    /** The role of resources for people. */
    public static final String ROLE = "user";

    /** Somebody with a session, and without name and teams. */
    public User(String id, Instant expiresAt, boolean anonymous, String sessionId, long startedAt) {
        this(id, expiresAt, anonymous, sessionId, startedAt, null, Teams.NONE, Scope.SESSION);
    }

    @Override
    public String getName() {
        return id;
    }

    public boolean isAdministrator() {
        return teams.administrator();
    }

    /** Returns their role for the machines of this owner; empty where they do not see them. */
    public Optional<Role> roleOn(String owner) {
        return owner.equals(id) ? Optional.of(Role.ADMIN) : teams.roleOn(owner);
    }

    /** @throws HttpProblem 404 where they do not see this owner's machines, 403 where they see them and may not do that */
    public void require(Role needed, String owner) {
        Role role = roleOn(owner).orElseThrow(() -> Problems.notFound("You see no machines of this owner."));
        if (!role.includes(needed)) {
            throw Problems.of(403, "Your role in " + owner + " is " + role.label + ", and this needs " + needed.label
                    + ".");
        }
    }
}
