package org.machineregistry.agent;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.connection.RequestConnection;
import org.machineregistry.credential.KnownMachine;
import org.machineregistry.credential.MachineAuthenticator;
import org.machineregistry.http.BodyCollector;
import org.machineregistry.http.NoStore;
import org.machineregistry.http.RequestGuard;
import org.machineregistry.limit.Network;
import org.machineregistry.presence.HeartbeatInterval;
import org.machineregistry.presence.Presence;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers the ordinary heartbeat: of a machine that is known, with the secret that it has used. The layers for security and
 * REST cost many times what such a heartbeat does, so that it is answered before them. Whatever is out of the ordinary, or
 * wrong, goes on to {@link AgentResource}; while the database is away, both refuse.
 *
 * <p>Reaches into Quarkus' order of security handlers: filters that stand before and behind them have no public constants.
 */
@ApplicationScoped
class HeartbeatRoute {
    private static final String PATH = AgentResource.PATH + "heartbeat";
    private static final String MACHINE = HeartbeatRoute.class.getName();
    private static final String JSON = "application/json";
    private static final CharSequence JSON_AS_REST_SAYS_IT = HttpHeaders.createOptimized(JSON + ";charset=UTF-8");
    private static final int SHORT_LENGTH_DIGITS = 2;
    // After CORS, whose headers the answer needs.
    private static final int COLLECTING = SecurityHandlerPriorities.AUTHENTICATION + 2;
    private static final int ANSWERING = SecurityHandlerPriorities.AUTHENTICATION + 1;

    private final MachineAuthenticator machines;
    private final Presence presence;
    private final HeartbeatJson json;

    HeartbeatRoute(MachineAuthenticator machines, Presence presence, HeartbeatJson json) {
        this.machines = machines;
        this.presence = presence;
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::collect, COLLECTING);
        filters.register(this::answer, ANSWERING);
    }

    private void collect(RoutingContext context) {
        HttpServerRequest request = context.request();
        // A stranger is refused before the body has come.
        Optional<KnownMachine> machine = isOrdinary(request) && hasShortJson(request)
                ? machine(request)
                : Optional.empty();
        if (machine.isPresent()) {
            context.put(MACHINE, machine.get());
            RequestConnection.known(request);
            BodyCollector.collectSmall(context);
        } else {
            context.next();
        }
    }

    private void answer(RoutingContext context) {
        Optional<KnownMachine> machine = machine(context);
        Optional<Heartbeat> heartbeat = machine.isPresent() ? heartbeat(context) : Optional.empty();
        if (heartbeat.isEmpty()) {
            context.next();
            return;
        }
        RequestConnection.known(context.request());
        HeartbeatInterval interval = presence
                .heartbeat(machine.get().credential().machineId(), heartbeat.get().assistantCount(),
                        heartbeat.get().instance());
        NoStore.put(context.response())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON_AS_REST_SAYS_IT)
                // Else it would be compressed.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .end(json.write(interval));
    }

    private static boolean isOrdinary(HttpServerRequest request) {
        // Whether there is a body, no header of HTTP/2 says.
        if (request.method() != HttpMethod.POST || !PATH.equals(request.uri())
                || request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.EXPECT)) {
            return false;
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.equals("*/*") || accept.equals(JSON);
    }

    private static boolean hasShortJson(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.length() <= SHORT_LENGTH_DIGITS && RequestGuard.hasBody(request)
                && isJson(request);
    }

    private static boolean isJson(HttpServerRequest request) {
        return JSON.equalsIgnoreCase(request.getHeader(HttpHeaders.CONTENT_TYPE));
    }

    private Optional<KnownMachine> machine(RoutingContext context) {
        KnownMachine asked = context.get(MACHINE);
        if (asked == null) {
            return isOrdinary(context.request()) ? machine(context.request()) : Optional.empty();
        }
        // It may have been deleted, or its token rotated, while the body came.
        return machines.isStillGood(asked) ? Optional.of(asked) : Optional.empty();
    }

    private Optional<KnownMachine> machine(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(authorization -> machines.recognise(authorization, Network.of(request)));
    }

    /** Empty for a body that was not collected, and for a wrong one. */
    private Optional<Heartbeat> heartbeat(RoutingContext context) {
        if (!RequestGuard.hasBody(context.request())) {
            return Optional.of(Heartbeat.NOTHING);
        }
        Buffer body = context.body().buffer();
        return body == null || !isJson(context.request()) ? Optional.empty() : json.read(body);
    }
}
