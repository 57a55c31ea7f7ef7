package org.machineregistry.problem;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Refuses what the platform would refuse without a body: an address that is no URI, and a request body over 64 KiB. For the
 * first, the platform's own check is switched off (see {@link #TAKE_OVER_URI_CHECK}). No address has parameters in its path.
 */
@ApplicationScoped
public class RequestGuard {
    /** The system property, true wherever the service runs, that leaves the check of the URI to this class. */
    public static final String TAKE_OVER_URI_CHECK = "vertx.disableURIValidation";
    private static final int LARGEST_BODY = 64 * 1024;
    private static final Pattern MEDIA_RANGES = Pattern
            .compile("RANGE(\\s*,\\s*RANGE)*".replace("RANGE", "[\\w*.+-]+/[\\w*.+-]+(\\s*;\\s*[\\w-]+=[\\w.+-]+)*+"));

    // Works around CVE-2026-50559 (Quarkus 3.33.2). Quarkus REST and the handler of static files read these otherwise than what
    // judges a request by its path before them, which would take it for another one.
    private static final Pattern AMBIGUOUS = Pattern.compile("[;\\\\]|%3b|%2f|%5c|%25", Pattern.CASE_INSENSITIVE);

    // A chunked body says no length; collecting it is the way to know.
    private final BodyHandler collector = BodyHandler.create(false).setBodyLimit(LARGEST_BODY);

    // Before all others: a route that compares the path cannot read one that is no URI.
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::guard).handler(RequestGuard::dropEmpty);
    }

    private void guard(RoutingContext context) {
        SecurityHeaders.put(context);
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && !MEDIA_RANGES.matcher(accept).matches()) {
            // What cannot be read asks for nothing; the REST layer would fail over it.
            context.request().headers().remove(HttpHeaders.ACCEPT);
        }
        if (!isUri(context.request().uri())) {
            RouterProblems.answer(context, Problems.of(400, "The address is not a valid URI."));
        } else if (AMBIGUOUS.matcher(context.request().path()).find()) {
            RouterProblems.answer(context, Problems.of(404));
        } else {
            limit(context);
        }
    }

    private static boolean isUri(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        String encoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
            // Where such a body ends nobody can tell.
            refuse(context, 400);
        } else if (isChunked(request)) {
            collector.handle(context);
        } else if (length != null && isTooLong(length)) {
            refuse(context, 413);
        } else {
            if (length == null || length.equals("0")) {
                // No body has a media type: curl -d '' names one all the same.
                request.headers().remove(HttpHeaders.CONTENT_TYPE);
            }
            context.next();
        }
    }

    /** Chunks that hold nothing are no body either; without one the REST layer would wait for what was collected already. */
    private static void dropEmpty(RoutingContext context) {
        MultiMap headers = context.request().headers();
        if (isChunked(context.request()) && context.body().buffer() == null) {
            headers.remove(HttpHeaders.CONTENT_TYPE);
            headers.remove(HttpHeaders.TRANSFER_ENCODING);
            context.setBody(Buffer.buffer());
        }
        context.next();
    }

    private static boolean isChunked(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether a request of HTTP/1 has a body; one of HTTP/2 need not say so before it. */
    public static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static boolean isTooLong(String length) {
        return length.length() > 9 || Integer.parseInt(length) > LARGEST_BODY;
    }

    private static void refuse(RoutingContext context, int status) {
        // What is still on its way is not read: the connection cannot be used again.
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.response().endHandler(ended -> context.request().connection().close());
        RouterProblems.answer(context, Problems.of(status));
    }
}
