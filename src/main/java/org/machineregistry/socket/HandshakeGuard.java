package org.machineregistry.socket;

import java.util.Base64;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.agent.AgentDoor;
import org.machineregistry.http.Problems;
import org.machineregistry.http.QueryGuard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses what is no handshake, or nobody's, with a problem. WebSockets Next and Vert.x refuse it with a status alone, or with a word
 * of their own.
 */
@ApplicationScoped
class HandshakeGuard {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String NEWEST = "13";
    private static final String PROTOCOL = "websocket";

    void register(@Observes Router router) {
        router.route(AgentSocket.PATH).order(AgentDoor.BEHIND).handler(HandshakeGuard::guard);
    }

    /** The rules are those of RFC 6455, 4.2.1: https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1 */
    private static void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!AgentDoor.takes(HttpMethod.GET, context)) {
            return;
        }
        AgentDoor.machine(context);
        QueryGuard.refuseAll(context);
        String key = request.getHeader(KEY);
        if (request.method() != HttpMethod.GET || key == null
                || !PROTOCOL.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                || !asksForUpgrade(request)) {
            throw Problems.upgradeRequired(PROTOCOL);
        }
        if (!NEWEST.equals(request.getHeader(VERSION))) {
            context.response().putHeader(VERSION, NEWEST);
            throw Problems.upgradeRequired(PROTOCOL);
        }
        if (!isKey(key)) {
            throw Problems.of(400, KEY + " must be 16 bytes in base64.");
        }
        // Vert.x looks at the first of several.
        request.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        Handshake.begin(context);
        context.next();
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
