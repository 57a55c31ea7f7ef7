package org.machineregistry.identity.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

import org.machineregistry.address.ServiceAddress;
import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * The cookie that carries a session's JWT: out of reach of scripts, and of a name that nothing else on the host shares. Over TLS
 * the browser itself sees to it that only this host can set it, for all of its paths
 * (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix). Without TLS, because cookies know no
 * ports, and below a path of the host, which that prefix does not allow, it has the id of the service in it.
 */
@Singleton
public class SessionCookie {
    static final String OVER_TLS = "__Host-machine_registry";
    private static final String PLAIN = "machine_registry_";
    /** The name of the versions before. It is read where a session is renewed, which then has the name of today. */
    private static final String LEGACY = "session";

    // Browsers drop what is longer than 4,096 bytes, name and value together, and say nothing
    // (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-limits).
    static final int LONGEST = 4_000;

    private final ServiceId service;
    private final ServiceAddresses addresses;

    SessionCookie(ServiceId service, ServiceAddresses addresses) {
        this.service = service;
        this.addresses = addresses;
    }

    /** Makes the cookie for the answer. */
    NewCookie of(String token, long seconds, RoutingContext context) {
        ServiceAddress address = addresses.of(context);
        return of(nameAt(address), token, seconds, address);
    }

    NewCookie cleared(RoutingContext context) {
        return of("", 0, context);
    }

    /**
     * The cookies to set where a session began: the one that a renewed session came in goes, or it would outlive the sign-out.
     *
     * @throws HttpProblem 431 for a session that no browser would keep: whoever is signed in would not be, with the next request
     */
    public NewCookie[] begun(Session session, Instant now, boolean isRenewed, RoutingContext context) {
        NewCookie cookie = of(session.token(), session.secondsLeft(now), context);
        int length = cookie.getName().length() + cookie.getValue().length();
        if (length > LONGEST) {
            throw Problems.of(431, "The session would take " + length + " bytes of the " + LONGEST
                    + " that a cookie may have. "
                    + "You are in too many teams: teams.prefix keeps those that are none of this service's out.");
        }
        boolean cameInLegacy = isRenewed && !context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                && sentWith(context).isEmpty();
        return cameInLegacy
                ? new NewCookie[]{cookie, of(LEGACY, "", 0, addresses.of(context).atRoot())}
                : new NewCookie[]{cookie};
    }

    private static NewCookie of(String name, String token, long seconds, ServiceAddress address) {
        return new NewCookie.Builder(name).value(token)
                .path(address.path().isEmpty() ? "/" : address.path())
                .httpOnly(true)
                // It is Lax, because a sign-in comes back from another site.
                .sameSite(NewCookie.SameSite.LAX)
                .secure(address.isOverTls())
                .maxAge((int) Math.min(seconds, Integer.MAX_VALUE))
                .build();
    }

    /** All that the request brought under the name: one of two may be somebody else's. */
    List<String> sentWith(RoutingContext context) {
        for (ServiceAddress address : addresses.possible(context)) {
            List<String> values = valuesOf(nameAt(address), context.request());
            if (!values.isEmpty()) {
                return values;
            }
        }
        return List.of();
    }

    boolean isSentWith(RoutingContext context) {
        return !sentWith(context).isEmpty() || !legacySentWith(context).isEmpty();
    }

    List<String> legacySentWith(RoutingContext context) {
        return valuesOf(LEGACY, context.request());
    }

    private String nameAt(ServiceAddress address) {
        if (address.path().isEmpty()) {
            return address.isOverTls() ? OVER_TLS : PLAIN + service.get();
        }
        // A browser sends the cookie of a shorter path, and one without TLS, along with that of this address.
        return PLAIN + service.get() + address.path().replace('/', '_') + (address.isOverTls() ? "_tls" : "");
    }

    // Reads the header itself: Vert.x keeps one of two with the same name.
    static List<String> valuesOf(String name, HttpServerRequest request) {
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
