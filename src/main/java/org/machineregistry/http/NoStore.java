package org.machineregistry.http;

import java.util.List;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Keeps answers out of caches, but for those that say how they may be kept. */
public class NoStore {
    private static final CharSequence NAME = io.vertx.core.http.HttpHeaders.CACHE_CONTROL;
    private static final CharSequence VALUE = io.vertx.core.http.HttpHeaders.createOptimized("no-store");

    private static final int FIRST_ERROR = 400;

    @ServerResponseFilter
    public void filter(ContainerResponseContext response, RoutingContext context) {
        if (response.getStatus() >= FIRST_ERROR) {
            // The header that a file of the page gets by its path is wrong for a file that is not there.
            context.response().headers().remove(NAME);
        }
        response.getHeaders().putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of(VALUE.toString()));
    }

    /** The same for an answer that does not come from the REST layer. */
    public static HttpServerResponse put(HttpServerResponse response) {
        return response.putHeader(NAME, VALUE);
    }
}
