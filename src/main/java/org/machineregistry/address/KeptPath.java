package org.machineregistry.address;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Takes the path of a configured address off a request whose proxy has left it there, before anything else looks at it. A proxy that
 * takes it off itself needs nothing of that.
 */
@ApplicationScoped
class KeptPath {
    private static final int BEFORE_REQUEST_GUARD = 1;
    private static final String TAKEN_OFF = KeptPath.class.getName();

    private final ServiceAddresses addresses;
    private final Map<String, List<ServiceAddress>> byPath;
    private final List<String> longestFirst;

    KeptPath(ServiceAddresses addresses) {
        this.addresses = addresses;
        this.byPath = addresses.configured().stream()
                .filter(address -> !address.path().isEmpty())
                .collect(Collectors.groupingBy(ServiceAddress::path));
        // Where one path is below another, whoever asks meant the longer one.
        this.longestFirst = byPath.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    }

    void register(@Observes @Priority(BEFORE_REQUEST_GUARD) Router router) {
        // Below a root path Quarkus does the same, and the path is that of the root.
        if (!byPath.isEmpty() && !addresses.hasRootPath()) {
            router.route().order(Integer.MIN_VALUE).handler(this::takeOff);
        }
    }

    private void takeOff(RoutingContext context) {
        String path = context.request().path();
        String kept = path == null || context.get(TAKEN_OFF) != null ? null : keptIn(path);
        if (kept == null) {
            context.next();
            return;
        }
        context.put(TAKEN_OFF, true);
        addresses.reached(context, byPath.get(kept));
        context.reroute(withQuery(path.equals(kept) ? "/" : path.substring(kept.length()), context.request()));
    }

    private String keptIn(String path) {
        for (String kept : longestFirst) {
            if (path.startsWith(kept) && (path.length() == kept.length() || path.charAt(kept.length()) == '/')) {
                return kept;
            }
        }
        return null;
    }

    private static String withQuery(String path, HttpServerRequest request) {
        return request.query() == null ? path : path + '?' + request.query();
    }
}
