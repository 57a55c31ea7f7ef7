package org.machineregistry.http;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.vertx.core.json.JsonObject;

/** An error that is answered as RFC 9457 writes it: {@code type, title, status, detail}, and members of its own. */
public final class HttpProblem extends RuntimeException {
    static final String MEDIA_TYPE = "application/problem+json";
    /** Status and title say all that a program can use. */
    private static final String NO_TYPE = "about:blank";

    private final int status;
    private final String title;
    private final transient Map<String, Object> members;
    private final transient Map<String, String> headers;

    HttpProblem(int status, String title, String detail) {
        this(status, title, detail, Map.of(), Map.of());
    }

    private HttpProblem(int status, String title, String detail, Map<String, Object> members,
            Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.title = title;
        this.members = members;
        this.headers = headers;
    }

    public HttpProblem withTitle(String other) {
        return new HttpProblem(status, other, detail(), members, headers);
    }

    /** @param value as a {@link JsonObject} takes it */
    public HttpProblem with(String member, Object value) {
        return new HttpProblem(status, title, detail(), and(members, member, value), headers);
    }

    public HttpProblem withHeader(String name, Object value) {
        return new HttpProblem(status, title, detail(), members, and(headers, name, value.toString()));
    }

    private static <T> Map<String, T> and(Map<String, T> entries, String name, T value) {
        Map<String, T> all = new LinkedHashMap<>(entries);
        all.put(name, value);
        return all;
    }

    public int status() {
        return status;
    }

    public String detail() {
        return getMessage();
    }

    public Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        JsonObject body = JsonObject.of("type", NO_TYPE, "status", status, "title", title, "detail", detail());
        members.forEach(body::put);
        return body.toBuffer().getBytes();
    }

    /** The same, as Quarkus REST answers it. */
    public Response toResponse() {
        Response.ResponseBuilder response = Response.status(status).header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .entity(body());
        headers.forEach(response::header);
        return response.build();
    }
}
