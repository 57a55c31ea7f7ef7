package org.machineregistry.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;

/**
 * A claim of a proxy about the address that was asked (X-Forwarded-*, and Forwarded of RFC 7239), whether or not it is believed. Nothing
 * follows from it but that the address that is seen may be wrong.
 */
record ForwardedClaim(String scheme, String host, String prefix) {
    private static final Pattern PROTO = Pattern.compile("(?:^|[;, ])proto=\"?([a-z]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("(?:^|[;, ])host=\"?([^\";, ]+)", Pattern.CASE_INSENSITIVE);

    static ForwardedClaim in(HttpServerRequest request) {
        String forwarded = request.getHeader("Forwarded");
        return new ForwardedClaim(first(request.getHeader("X-Forwarded-Proto"), find(PROTO, forwarded)),
                first(request.getHeader("X-Forwarded-Host"), find(HOST, forwarded)),
                first(request.getHeader("X-Forwarded-Prefix"), null));
    }

    /** Whether the address that is seen is another one than the one that the proxy speaks of. */
    boolean contradicts(ServiceAddress seen) {
        return scheme != null && !scheme.equalsIgnoreCase(seen.scheme())
                || host != null && !ServiceAddress.of(seen.scheme(), host, "").host().equals(seen.host())
                || prefix != null && !seen.path().startsWith(prefix.replaceFirst("/+$", ""));
    }

    private static String find(Pattern pattern, String header) {
        Matcher found = pattern.matcher(header == null ? "" : header);
        return found.find() ? found.group(1) : null;
    }

    /** The first of several proxies is the one that was asked. */
    private static String first(String header, String otherwise) {
        return header == null ? otherwise : header.split(",", 2)[0].strip();
    }
}
