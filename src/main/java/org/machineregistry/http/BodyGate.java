package org.machineregistry.http;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.connection.RequestConnection;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads bodies once it is known who asks, and all of a body before the REST layer sees the request: that would let a worker wait
 * for the rest. A stranger's is left where it is, and what was asked is refused without it; but for where anyone may ask.
 *
 * <p>Reaches into Quarkus' order of security handlers, and into its user of Vert.x: no public type leads from a route to the
 * identity.
 */
@ApplicationScoped
public class BodyGate {
    static final int LARGEST = 64 * 1024;
    private static final int LARGEST_ARRAY = 1024 * 1024;
    // The one address that takes an array, of machines to register.
    private static final String FOR_ARRAYS = "/api/machines";
    private static final int BEHIND_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 50;
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String FOR_ANYONE = "/api/sessions";

    private final HeldBodies held;

    BodyGate(HeldBodies held) {
        this.held = held;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEHIND_AUTHORIZATION);
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String caller = caller(context);
        if (caller != null) {
            RequestConnection.known(request);
        }
        boolean isRead = !WITHOUT_BODY.contains(request.method());
        if (isRead && !RequestGuard.hasBody(request)) {
            // The REST layer would otherwise look for a body on a connection that may have ended.
            context.setBody(Buffer.buffer());
            context.next();
        } else if (isRead && caller != null) {
            BodyCollector.collect(context, largest(context), held, caller);
        } else if (isRead && FOR_ANYONE.equals(RequestPath.of(context))) {
            BodyCollector.collectSmall(context);
        } else {
            leaveUnread(request, isRead);
            context.next();
        }
    }

    /** How many bytes a body may have. */
    static int largest(RoutingContext context) {
        return context.request().method() == HttpMethod.POST && FOR_ARRAYS.equals(RequestPath.of(context))
                ? LARGEST_ARRAY
                : LARGEST;
    }

    /** Refuses a body that only an array may have: what stands in a body shows once it was read. */
    public static void refuseLengthOfArrays(RoutingContext context) {
        if (context.body().length() > LARGEST) {
            throw Problems.tooLarge(LARGEST);
        }
    }

    /** Reads the body of a caller who is known, if there is one, and then hands the request on. */
    public void read(RoutingContext context, String caller) {
        if (RequestGuard.hasBody(context.request())) {
            BodyCollector.collect(context, LARGEST, held, caller);
        } else {
            context.next();
        }
    }

    private static void leaveUnread(HttpServerRequest request, boolean isRead) {
        if (RequestGuard.hasBody(request)) {
            // The rest of the body is dropped as it arrives, rather than kept until the answer.
            RequestConnection.readsBody(request);
            request.resume();
        }
        if (!isRead) {
            // The media type of a body that nobody reads is no matter.
            request.headers().remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    private static String caller(RoutingContext context) {
        if (!(context.user() instanceof QuarkusHttpUser user)) {
            return null;
        }
        SecurityIdentity identity = user.getSecurityIdentity();
        return identity.isAnonymous() ? null : identity.getPrincipal().getName();
    }
}
