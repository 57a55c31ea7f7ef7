package org.machineregistry.socket;

import java.util.Base64;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.http.Problems;
import org.machineregistry.http.RequestPath;
import org.machineregistry.http.RouterProblems;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a handshake that is none, or is nobody's, with a problem. WebSockets Next and Vert.x refuse it with a status alone, or with
 * a word of their own. What has no key of a handshake goes on to the resource of machines.
 *
 * <p>Reaches into Quarkus' order of security handlers, and into its user of Vert.x: no public type leads from a route to the
 * identity.
 */
@ApplicationScoped
class HandshakeGuard {
    private static final String PATH = AgentSocket.PATH;
    private static final int BEHIND_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 60;
    private static final String KEY = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String NEWEST = "13";
    private static final String PROTOCOL = "websocket";

    void register(@Observes Filters filters) {
        filters.register(HandshakeGuard::guard, BEHIND_AUTHORIZATION);
    }

    private static void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        String key = PATH.equals(RequestPath.of(context)) && request.method() == HttpMethod.GET
                ? request.getHeader(KEY)
                : null;
        Optional<HttpProblem> refusal = key == null ? Optional.empty() : refusal(key, context);
        refusal.ifPresentOrElse(problem -> RouterProblems.answer(context, problem), context::next);
    }

    /** By the rules of RFC 6455, 4.2.1: https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1 */
    private static Optional<HttpProblem> refusal(String key, RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isSomebody(context)) {
            return Optional.of(Problems.of(401));
        }
        if (!PROTOCOL.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE)) || !asksForUpgrade(request)) {
            return Optional.of(Problems.upgradeRequired(PROTOCOL));
        }
        if (!NEWEST.equals(request.getHeader(VERSION))) {
            context.response().putHeader(VERSION, NEWEST);
            return Optional.of(Problems.upgradeRequired(PROTOCOL));
        }
        if (!isKey(key)) {
            return Optional.of(Problems.of(400, KEY + " must be 16 bytes in base64."));
        }
        // Vert.x looks at the first of several.
        request.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        return Optional.empty();
    }

    private static boolean isSomebody(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user && !user.getSecurityIdentity().isAnonymous();
    }

    private static boolean asksForUpgrade(HttpServerRequest request) {
        for (String value : request.headers().getAll(HttpHeaders.CONNECTION)) {
            for (String option : value.split(",")) {
                if (option.strip().equalsIgnoreCase(HttpHeaders.UPGRADE.toString())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
