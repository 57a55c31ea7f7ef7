package org.machineregistry.enrolment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an enrolment key. Keys are not stored: it says by itself when the key expires, because that is how long its revocation has
 * to be remembered, and it shows whether an owner is the key's, so that nobody revokes another one's and nobody is told that what was
 * not theirs is revoked.
 *
 * @param owner whose key it is
 * @param expiresAt in seconds since the epoch
 */
record KeyId(String text, String owner, long expiresAt) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,8})-([A-Za-z0-9_-]{21})-([A-Za-z0-9_-]{12})");

    /** @param random 21 characters */
    static KeyId of(long expiresAt, String random, String owner) {
        String prefix = Long.toString(expiresAt, Character.MAX_RADIX) + '-' + random;
        return new KeyId(prefix + '-' + mark(prefix, owner), owner, expiresAt);
    }

    /** @return empty for what can be no id of a key of this owner's */
    static Optional<KeyId> parse(String text, String owner) {
        Matcher form = FORM.matcher(text);
        return form.matches() && mark(form.group(1) + '-' + form.group(2), owner).equals(form.group(3))
                ? Optional.of(new KeyId(text, owner, Long.parseLong(form.group(1), Character.MAX_RADIX)))
                : Optional.empty();
    }

    private static String mark(String prefix, String owner) {
        return EnrolmentTokens.hash(owner + '\n' + prefix).substring(0, 12);
    }
}
