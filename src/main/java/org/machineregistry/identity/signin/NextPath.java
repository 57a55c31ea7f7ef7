package org.machineregistry.identity.signin;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where somebody wants to after they have signed in: a path of the page, and never another host or what is beside the page. */
final class NextPath {
    static final String PAGE = "/app";
    private static final int LONGEST = 1_000;
    private static final Pattern FORM = Pattern
            .compile("/app(?:/[A-Za-z0-9._~-]*)*(?:\\?" + Text.CHARACTERS + ")?(?:#" + Text.CHARACTERS + ")?");
    private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(?:[/?#]|$)");

    private interface Text {
        // The characters of a query or a fragment (https://www.rfc-editor.org/rfc/rfc3986#section-3.4).
        String CHARACTERS = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*";
    }

    private NextPath() {}

    static boolean isOne(String path) {
        return path.length() <= LONGEST && FORM.matcher(path).matches() && !DOTS.matcher(path).find()
                && !path.toLowerCase(Locale.ROOT).contains("%0");
    }
}
