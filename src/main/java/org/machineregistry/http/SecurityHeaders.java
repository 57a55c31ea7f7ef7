package org.machineregistry.http;

import io.quarkus.runtime.LaunchMode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Tells browsers what not to do with an answer: guess its type, run or frame it, tell others where they come from, or come back
 * without TLS. It is put into each answer before anybody writes it; the page says something else instead.
 */
final class SecurityHeaders {
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING = HttpHeaders
            .createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence STRICT_TRANSPORT_SECURITY = HttpHeaders
            .createOptimized("Strict-Transport-Security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");
    private static final String PAGE = "/app";
    private static final String OPERATIONS = "/q/";

    private SecurityHeaders() {}

    static void put(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF).putHeader(REFERRER_POLICY, NO_REFERRER);
        if ("https".equals(request.scheme())) {
            response.putHeader(STRICT_TRANSPORT_SECURITY, A_YEAR);
        }
        String path = RequestPath.raw(context);
        if (path == null || !path.startsWith(PAGE) && !isToolOfDevelopment(path)) {
            response.putHeader(CONTENT_SECURITY_POLICY, NOTHING);
        }
    }

    /** Swagger UI and the Dev UI are pages, and are not there otherwise. */
    private static boolean isToolOfDevelopment(String path) {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT && path.startsWith(OPERATIONS);
    }
}
