package org.machineregistry.identity.jwt;

import java.util.Set;
import java.util.stream.Collectors;

import org.machineregistry.identity.Scope;

/**
 * The one thing that a JWT of the service's own is for. It stands among its audiences
 * (https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3), beside those that are configured.
 */
public enum Purpose {
    SESSION("session"),
    /** Makes whoever has it a person without an account again. */
    RECOVERY("recovery"),
    /** Lets a program do what its person may, within a {@link Scope}. */
    API_TOKEN("api-token"),
    /** Lets machines register themselves for its owner. */
    ENROLMENT("enrolment"),
    /** Says who somebody was before they signed in. */
    EARLIER("earlier");

    // Nobody's own audiences begin so.
    private static final String PREFIX = "urn:machine-registry:";

    final String audience;

    Purpose(String name) {
        audience = PREFIX + name;
    }

    /**
     * Whether a JWT with these audiences is for this. One without any purpose is of the version before: then it is a session. A newer version may know purposes that this one does not, which are none of its own.
     */
    public boolean isIn(Set<String> audiences) {
        Set<String> purposes = audiences == null
                ? Set.of()
                : audiences.stream().filter(name -> name.startsWith(PREFIX)).collect(Collectors.toSet());
        return purposes.isEmpty() ? this == SESSION : purposes.equals(Set.of(audience));
    }
}
