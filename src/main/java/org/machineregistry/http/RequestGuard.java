package org.machineregistry.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.connection.RequestConnection;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses, by its head alone, what Quarkus would refuse without a body or fail over: an address that is no URI, a host that is none,
 * and a body that is too long. For the first, Quarkus' own check is switched off (see {@link #TAKE_OVER_URI_CHECK}). No address has
 * parameters in its path.
 */
@ApplicationScoped
public class RequestGuard {
    /** The system property, true wherever the service runs, that leaves the check of the URI to this class. */
    public static final String TAKE_OVER_URI_CHECK = "vertx.disableURIValidation";
    // Browsers send a tenth of it. The expression below takes stack for each range.
    private static final int LONGEST_ACCEPT = 1_024;
    // RFC 9113, section 8.1: the answer is whole, and the rest of the request is not wanted.
    private static final long NO_ERROR = 0x0;
    // RFC 9113, section 7: nothing was done, so that the client may ask again.
    private static final long REFUSED_STREAM = 0x7;
    private static final String OF_OPERATORS = "/q/";
    private static final String IN_HOSTS = "-._~:[]";
    private static final String IN_PLAIN_PATHS = "/-._";
    private static final String ANYTHING = "*/*";
    private static final Pattern MEDIA_RANGES = Pattern
            .compile("RANGE(\\s*,\\s*RANGE)*".replace("RANGE", "[\\w*.+-]+/[\\w*.+-]+(\\s*;\\s*[\\w-]+=[\\w.+-]+)*+"));

    // Works around CVE-2026-50559 (Quarkus 3.33.2). Quarkus REST and the handler of static files read these otherwise than what
    // judges a request by its path before them, which would take it for another one.
    private static final Pattern AMBIGUOUS = Pattern.compile("[;\\\\]|%3b|%2f|%5c|%25", Pattern.CASE_INSENSITIVE);

    // Before all others: a route that compares the path cannot read one that is no URI.
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(RequestGuard::guard);
    }

    private static void guard(RoutingContext context) {
        SecurityHeaders.put(context);
        HttpServerRequest request = context.request();
        if (!RequestConnection.began(request, hasBody(request))) {
            request.response().reset(REFUSED_STREAM);
            return;
        }
        List<String> accept = request.headers().getAll(HttpHeaders.ACCEPT);
        boolean isPlain = isPlain(request.uri());
        if (!isPlain && !isUri(request.uri())) {
            RouterProblems.answer(context, Problems.of(400, "The address is not a valid URI."));
        } else if (!isPlain && AMBIGUOUS.matcher(request.path()).find()) {
            RouterProblems.answer(context, Problems.of(404));
        } else if (!hasHost(context)) {
            RouterProblems.answer(context, Problems.of(400, "One Host is needed, and http or https before it."));
        } else if (length(accept) > LONGEST_ACCEPT) {
            RouterProblems.answer(context, Problems.of(400, "The Accept header is longer than 1,024 characters."));
        } else {
            dropUnreadable(accept, request);
            limit(context);
        }
    }

    /** Most are a path of letters, digits and little else: each of them is a URI, and none is ambiguous. */
    private static boolean isPlain(String uri) {
        if (!uri.startsWith("/") || uri.startsWith("//")) {
            return false;
        }
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (!isLetterOrDigit(c) && IN_PLAIN_PATHS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isUri(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** One that a URI can be made of, as RFC 9112, 3.2 wants it. Probes of operators speak HTTP/1.0, and name none. */
    private static boolean hasHost(RoutingContext context) {
        HttpServerRequest request = context.request();
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        String scheme = request.scheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            // A proxy said so, or a client of HTTP/2.
            return false;
        }
        if (hosts.isEmpty()) {
            return request.version() == HttpVersion.HTTP_2 && request.authority() != null
                    || request.version() == HttpVersion.HTTP_1_0 && RequestPath.raw(context).startsWith(OF_OPERATORS);
        }
        return hosts.size() == 1 && isHost(hosts.get(0));
    }

    private static boolean isHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!isLetterOrDigit(c) && IN_HOSTS.indexOf(c) < 0) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    private static int length(List<String> values) {
        int length = 0;
        for (String value : values) {
            length += value.length();
        }
        return length;
    }

    /** Drops media ranges that cannot be read: Quarkus REST would fail over them. */
    private static void dropUnreadable(List<String> accept, HttpServerRequest request) {
        for (String ranges : accept) {
            if (!ranges.equals(ANYTHING) && !MEDIA_RANGES.matcher(ranges).matches()) {
                request.headers().remove(HttpHeaders.ACCEPT);
            }
        }
    }

    private static void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        String encoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
            // Nobody can tell where such a body ends.
            refuse(context, Problems.of(400));
        } else if (length == null && request.version() == HttpVersion.HTTP_2
                && !RequestConnection.endsWithHead(request)) {
            // The REST layer fails over a request of HTTP/2 that was read to its end, so that the end must be known before.
            RouterProblems.answer(context, Problems.of(411, "A body over HTTP/2 needs a Content-Length."));
        } else if (length != null && isTooLong(length, BodyGate.largest(context))) {
            refuse(context, Problems.tooLarge(BodyGate.largest(context)));
        } else {
            if (!hasBody(request)) {
                // No body has a media type: curl -d '' names one all the same.
                request.headers().remove(HttpHeaders.CONTENT_TYPE);
            }
            context.next();
        }
    }

    /** Whether a request has a body: one of HTTP/2 that does not say how long it is has not come this far. */
    public static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static boolean isTooLong(String length, int largest) {
        return length.length() > 9 || Integer.parseInt(length) > largest;
    }

    static void refuse(RoutingContext context, HttpProblem problem) {
        // The rest of the body is not read: the connection cannot be used again. Of HTTP/2 the stream alone: others share the connection.
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().endHandler(ended -> context.response().reset(NO_ERROR));
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.response().endHandler(ended -> context.request().connection().close());
        }
        RouterProblems.answer(context, problem);
    }
}
