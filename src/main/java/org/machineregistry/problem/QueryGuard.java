package org.machineregistry.problem;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that nobody reads: a filter with a slip of the pen must not answer with everything. */
class QueryGuard {
    @ServerRequestFilter
    public void refuseUnknown(UriInfo uri, ResourceInfo resource) {
        // No database holds it, so that there cannot be such a thing.
        if (!uri.getPathParameters().values().stream().flatMap(List::stream).allMatch(StrictText::isWellFormed)) {
            throw Problems.of(404);
        }
        if (uri.getRequestUri().getRawQuery() == null) {
            return;
        }
        Set<String> known = known(resource.getResourceMethod());
        for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw Problems.invalid(StrictText.isWellFormed(name) ? name : "", "is not a parameter of this address");
            }
            if (parameter.getValue().size() > 1) {
                throw Problems.invalid(name, "must be given once");
            }
            if (!StrictText.isWellFormed(parameter.getValue().get(0))) {
                throw Problems.invalid(name, "must not contain U+0000 or an unpaired surrogate");
            }
        }
    }

    private static Set<String> known(Method method) {
        QueryParameters parameters = method == null ? null : method.getAnnotation(QueryParameters.class);
        return parameters == null ? Set.of() : Set.of(parameters.value());
    }
}
