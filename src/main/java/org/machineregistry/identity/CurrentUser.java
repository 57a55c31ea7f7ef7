package org.machineregistry.identity;

import java.util.Optional;

import jakarta.enterprise.context.RequestScoped;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;

/** Who makes this request. */
@RequestScoped
public class CurrentUser {
    private final SecurityIdentity identity;

    CurrentUser(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Empty for a request without credentials; one with bad credentials does not come this far. */
    public Optional<User> find() {
        return identity.getPrincipal() instanceof User user ? Optional.of(user) : Optional.empty();
    }

    /** @throws UnauthorizedException without credentials; a 401 */
    public User get() {
        return find().orElseThrow(UnauthorizedException::new);
    }
}
