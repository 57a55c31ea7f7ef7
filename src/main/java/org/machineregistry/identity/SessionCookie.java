package org.machineregistry.identity;

import jakarta.ws.rs.core.NewCookie;

/** The cookie that carries a session's JWT: out of reach of scripts and of other sites. */
final class SessionCookie {
    static final String NAME = "session";

    private SessionCookie() {}

    static NewCookie of(String token, long seconds, boolean secure) {
        return new NewCookie.Builder(NAME).value(token)
                .path("/")
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure(secure)
                .maxAge((int) Math.min(seconds, Integer.MAX_VALUE))
                .build();
    }

    static NewCookie cleared(boolean secure) {
        return of("", 0, secure);
    }
}
