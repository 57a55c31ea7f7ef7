package org.machineregistry.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.ws.rs.core.HttpHeaders;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;

/** Errors of RFC 9457, as exceptions: {@code type, title, status, detail} and, where fields are at fault, {@code violations}. */
public final class Problems {
    /** One field at fault: its path in the body, or the name of the parameter. */
    public record Violation(String field, String message) {}

    // As many as machines can be registered at once: whoever sends more faults than that has seen enough of them.
    private static final int MOST_VIOLATIONS = 1_000;
    private static final String CHALLENGE = "Bearer";
    private static final int LONGEST_RETRY_SECONDS = 10;
    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request is not valid.",
            401, "Credentials are missing, not valid, or not for this address.",
            403, "This is not allowed.",
            404, "There is nothing here.",
            405, "This address does not take that method.",
            406, "Nothing here has that media type.",
            413, "The body is larger than 64 KiB.",
            415, "The body must be application/json.",
            503, "The service cannot reach its database. Try again shortly.");

    private Problems() {}

    public static HttpProblem of(int status, String detail) {
        HttpProblem problem = new HttpProblem(status, title(status), detail);
        return status == 401 ? problem.withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE) : problem;
    }

    public static HttpProblem of(int status) {
        return of(status, detail(status));
    }

    public static HttpProblem notFound(String detail) {
        return of(404, detail);
    }

    /** 400, naming the field or parameter at fault. */
    public static HttpProblem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** The same for several. */
    public static HttpProblem invalid(List<Violation> violations) {
        return with(violations, of(400));
    }

    /** 409, naming the fields at fault, if there are any to name. */
    public static HttpProblem conflict(String detail, List<Violation> violations) {
        return with(violations, of(409, detail));
    }

    private static HttpProblem with(List<Violation> violations, HttpProblem problem) {
        List<JsonObject> named = violations.stream().limit(MOST_VIOLATIONS)
                .map(each -> JsonObject.of("field", each.field, "message", each.message))
                .toList();
        return named.isEmpty() ? problem : problem.with("violations", named);
    }

    /** 405, with the methods that the address takes, as RFC 9110, 15.5.6 asks for. */
    public static HttpProblem methodNotAllowed(String allowed) {
        return of(405).withHeader(HttpHeaders.ALLOW, allowed);
    }

    /** 413, where the limit is not that of every body. */
    static HttpProblem tooLarge(int largest) {
        return of(413, "The body is larger than " + largest / 1024 + " KiB.");
    }

    /** 426: this address speaks another protocol. */
    public static HttpProblem upgradeRequired(String protocol) {
        return of(426, "This address is a " + protocol + ".").withHeader("Upgrade", protocol);
    }

    /** 429, with the seconds after which trying again makes sense. */
    public static HttpProblem tooManyRequests(long retryAfterSeconds, String detail) {
        return of(429, detail).withHeader(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
    }

    /** 503: the database is away. */
    public static HttpProblem unavailable() {
        return unavailable(detail(503));
    }

    static HttpProblem unavailable(String detail) {
        return unavailable(LONGEST_RETRY_SECONDS, detail);
    }

    /** 503 for who must be back within a time of their own. The jitter keeps a fleet from coming back in one instant. */
    public static HttpProblem unavailable(int longestRetrySeconds, String detail) {
        int longest = Math.max(1, Math.min(LONGEST_RETRY_SECONDS, longestRetrySeconds));
        return of(503, detail)
                .withHeader(HttpHeaders.RETRY_AFTER, 1 + ThreadLocalRandom.current().nextInt(longest));
    }

    private static String title(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    public static String detail(int status) {
        return DETAILS.getOrDefault(status, status < 500 ? DETAILS.get(400) : "Something went wrong on our side.");
    }
}
