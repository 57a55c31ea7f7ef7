package org.machineregistry.identity.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an API token. It says when the token expires, because that is how long its revocation has to be remembered, and tokens
 * are not stored.
 *
 * @param expiresAt in seconds since the epoch
 */
record ApiTokenId(String text, long expiresAt) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,8})-[A-Za-z0-9_-]{21}");

    /** @param random 21 characters */
    static ApiTokenId of(long expiresAt, String random) {
        return new ApiTokenId(Long.toString(expiresAt, Character.MAX_RADIX) + '-' + random, expiresAt);
    }

    /** @return empty for what cannot be one */
    static Optional<ApiTokenId> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ApiTokenId(text, Long.parseLong(form.group(1), Character.MAX_RADIX)))
                : Optional.empty();
    }
}
