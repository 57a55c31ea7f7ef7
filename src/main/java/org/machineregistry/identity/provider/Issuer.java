package org.machineregistry.identity.provider;

import java.util.Optional;

/**
 * Somebody whose access tokens are taken.
 *
 * @param name empty for the provider that people sign in with
 */
record Issuer(String name, IssuerSettings settings, ProviderKeys keys) {
    /** The beginning of each id that another issuer gave. */
    static final String PREFIX = "issuer:";

    /**
     * Whether a token that names this issuer is one of its own. The provider may be another than its address says, and everything may be
     * its own while it was never heard.
     */
    boolean isNamed(String issuer) {
        return isFurther()
                ? settings.issuer().filter(issuer::equals).isPresent()
                : keys.known().map(known -> issuer.equals(known.issuer())).orElse(true);
    }

    /** The id of a person, or of a token, apart from the same one that another issuer gives. */
    String own(String id) {
        return isFurther() ? PREFIX + name + ':' + id : id;
    }

    /** The same for an id that may be missing. */
    Optional<String> ownIfAny(String id) {
        return Optional.ofNullable(id).map(this::own);
    }

    private boolean isFurther() {
        return !name.isEmpty();
    }
}
