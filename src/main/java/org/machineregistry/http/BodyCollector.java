package org.machineregistry.http;

import java.util.Optional;

import org.machineregistry.connection.RequestConnection;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads a body on the event loop, and then hands the request on. Vert.x's own BodyHandler decodes forms, over which it fails with
 * what a stranger writes, and takes a client that has gone for a failure.
 */
final class BodyCollector {
    private static final String CONTINUE = "100-continue";

    private final RoutingContext context;
    private final int largest;
    private final HeldBodies held;
    private final String caller;
    private final Buffer body = Buffer.buffer();
    private int counted;
    private boolean over;

    private BodyCollector(RoutingContext context, int largest, HeldBodies held, String caller) {
        this.context = context;
        this.largest = largest;
        this.held = held;
        this.caller = caller;
    }

    /** Collects bodies that are too small to be counted. */
    static void collectSmall(RoutingContext context) {
        new BodyCollector(context, HeldBodies.SMALL, null, null).collect();
    }

    static void collect(RoutingContext context, int largest, HeldBodies held, String caller) {
        new BodyCollector(context, largest, held, caller).collect();
    }

    private void collect() {
        HttpServerRequest request = context.request();
        if (request.isEnded() && isHttp2()) {
            // The stream was reset meanwhile.
            return;
        }
        RequestConnection.readsBody(request);
        request.handler(this::add).endHandler(ended -> finish()).exceptionHandler(gone -> leave());
        if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
                && request.version() != HttpVersion.HTTP_1_0) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private void add(Buffer part) {
        if (over) {
            return;
        }
        if (body.length() + part.length() > largest) {
            refuse(Problems.tooLarge(largest));
            return;
        }
        body.appendBuffer(part);
        if (body.length() > HeldBodies.SMALL) {
            int more = body.length() - counted;
            Optional<HttpProblem> refusal = held.add(caller, more);
            refusal.ifPresentOrElse(this::refuse, () -> counted += more);
        }
        if (!over && isHttp2() && body.length() == length()) {
            // The REST layer cannot take a request of HTTP/2 whose end was read: it pauses each, which fails (Vert.x 4.5).
            context.request().pause();
            finish();
        }
    }

    private boolean isHttp2() {
        return context.request().version() == HttpVersion.HTTP_2;
    }

    /** One of HTTP/2 has not come this far without it. */
    private int length() {
        return Integer.parseInt(context.request().getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    private void refuse(HttpProblem problem) {
        leave();
        RequestGuard.refuse(context, problem);
    }

    /** Nobody waits for an answer any more, or has it already. */
    private void leave() {
        over = true;
        if (counted > 0) {
            held.remove(caller, counted);
            counted = 0;
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        leave();
        RequestConnection.bodyCame(context.request());
        if (body.length() == 0) {
            // A body of nothing is none, and none has a media type.
            context.request().headers().remove(HttpHeaders.CONTENT_TYPE).remove(HttpHeaders.TRANSFER_ENCODING);
        }
        context.setBody(body);
        context.next();
    }
}
