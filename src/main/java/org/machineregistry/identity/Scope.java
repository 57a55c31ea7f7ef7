package org.machineregistry.identity;

import java.util.Optional;
import java.util.Set;

/** The rights that go with a person's credential. */
public enum Scope {
    /** Everything that the person may: a session, or a JWT of an OpenID provider. */
    SESSION,
    /** An API token with which machines can be changed, and nothing be made that outlives it. */
    MANAGE,
    /** An API token that only reads. */
    READ;

    /** The claim of an API token. */
    static final String CLAIM = "scope";

    /** @return empty for a JWT that is for none of people's purposes */
    static Optional<Scope> of(Set<String> audiences, Object claimed) {
        if (Purpose.SESSION.isIn(audiences)) {
            return Optional.of(SESSION);
        }
        return Purpose.API_TOKEN.isIn(audiences) ? ofToken(claimed) : Optional.empty();
    }

    /** @return empty for one that this version does not know */
    private static Optional<Scope> ofToken(Object claimed) {
        return switch (String.valueOf(claimed)) {
            case "read" -> Optional.of(READ);
            case "manage" -> Optional.of(MANAGE);
            default -> Optional.empty();
        };
    }
}
