package org.machineregistry.http;

import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.vertx.ext.web.RoutingContext;

/** Refuses query parameters that nobody reads: a filter with a slip of the pen must not answer with everything. */
public class QueryGuard {
    @ServerRequestFilter
    public void refuseUnknown(UriInfo uri, ResourceInfo resource) {
        // No database holds it, so that there cannot be such a thing.
        if (!uri.getPathParameters().values().stream().flatMap(List::stream).allMatch(StrictJson::isWellFormed)) {
            throw Problems.of(404);
        }
        String query = uri.getRequestUri().getRawQuery();
        if (query == null) {
            return;
        }
        // The REST layer would put a replacement character where there is none.
        if (!isUtf8(query)) {
            throw notUtf8();
        }
        QueryParameters known = known(resource.getResourceMethod());
        uri.getQueryParameters().forEach((name, values) -> {
            if (known == null || !known.allowsOthers() || List.of(known.value()).contains(name)) {
                check(name, values, known);
            }
        });
    }

    /** The same where no parameter is understood. */
    public static void refuseAll(RoutingContext context) {
        String query = context.request().query();
        if (query == null) {
            return;
        }
        if (!isUtf8(query)) {
            throw notUtf8();
        }
        context.queryParams().forEach((name, value) -> check(name, List.of(value), null));
    }

    private static void check(String name, List<String> values, QueryParameters known) {
        if (known == null || !List.of(known.value()).contains(name)) {
            throw Problems.invalid(StrictJson.isWellFormed(name) ? name : "", "is not a parameter of this address");
        }
        if (values.size() > 1 && !List.of(known.mayRepeat()).contains(name)) {
            throw Problems.invalid(name, "must be given once");
        }
        values.forEach(value -> check(name, value, known));
    }

    private static void check(String name, String value, QueryParameters known) {
        if (value.isEmpty() && !List.of(known.mayBeEmpty()).contains(name)) {
            throw Problems.invalid(name, "must not be empty");
        }
        if (!StrictJson.isWellFormed(value)) {
            throw Problems.invalid(name, "must not contain U+0000 or an unpaired surrogate");
        }
    }

    private static HttpProblem notUtf8() {
        return Problems.of(400, "The query is not UTF-8.");
    }

    private static boolean isUtf8(String query) {
        try {
            byte[] bytes = URLDecoder.decode(query, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static QueryParameters known(Method method) {
        return method == null ? null : method.getAnnotation(QueryParameters.class);
    }
}
