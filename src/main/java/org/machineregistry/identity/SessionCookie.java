package org.machineregistry.identity;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The cookie that carries a session's JWT: out of reach of scripts, and of a name that nothing else on the host shares. Over TLS
 * the browser itself sees to it that only this host can set it, for all of its paths
 * (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix). Without TLS it has the id of the
 * service in it, because cookies know no ports.
 */
@Singleton
class SessionCookie {
    static final String OVER_TLS = "__Host-machine_registry";
    private static final String PLAIN = "machine_registry_";
    /** As the versions before named it. It is read where a session is renewed, which then has the name of today. */
    private static final String LEGACY = "session";

    private final ServiceId service;

    SessionCookie(ServiceId service) {
        this.service = service;
    }

    /** To be set in the answer. */
    NewCookie of(String token, long seconds, HttpServerRequest request) {
        return of(nameFor(request), token, seconds, request);
    }

    NewCookie cleared(HttpServerRequest request) {
        return of("", 0, request);
    }

    private static NewCookie of(String name, String token, long seconds, HttpServerRequest request) {
        return new NewCookie.Builder(name).value(token)
                .path("/")
                .httpOnly(true)
                // Lax, because a sign-in comes back from another site.
                .sameSite(NewCookie.SameSite.LAX)
                .secure(isSecure(request))
                .maxAge((int) Math.min(seconds, Integer.MAX_VALUE))
                .build();
    }

    /** All that the request brought under the name: whoever brings two has one from somebody else. */
    List<String> sentWith(HttpServerRequest request) {
        return valuesOf(nameFor(request), request);
    }

    List<String> legacySentWith(HttpServerRequest request) {
        return valuesOf(LEGACY, request);
    }

    private String nameFor(HttpServerRequest request) {
        return isSecure(request) ? OVER_TLS : PLAIN + service.get();
    }

    private static boolean isSecure(HttpServerRequest request) {
        return "https".equals(request.scheme());
    }

    // By hand: Vert.x keeps one of two with the same name.
    private static List<String> valuesOf(String name, HttpServerRequest request) {
        List<String> values = new ArrayList<>(1);
        for (String header : request.headers().getAll(HttpHeaders.COOKIE)) {
            for (int from = 0; from < header.length();) {
                int semicolon = header.indexOf(';', from);
                int to = semicolon < 0 ? header.length() : semicolon;
                addValue(values, name, header.substring(from, to).strip());
                from = to + 1;
            }
        }
        return values;
    }

    private static void addValue(List<String> values, String name, String pair) {
        if (pair.length() > name.length() && pair.startsWith(name) && pair.charAt(name.length()) == '=') {
            values.add(pair.substring(name.length() + 1));
        }
    }
}
