package org.machineregistry.identity;

import java.lang.reflect.Method;
import java.util.Set;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.machineregistry.http.Problems;

/** Refuses what an API token may not do, at every operation alike: one that only reads changes nothing, whatever its person may. */
class ScopeGuard {
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final CurrentUser user;

    ScopeGuard(CurrentUser user) {
        this.user = user;
    }

    @ServerRequestFilter
    public void refuse(ContainerRequestContext request, ResourceInfo resource) {
        Scope scope = user.find().map(User::scope).orElse(Scope.SESSION);
        if (scope == Scope.SESSION || scope == Scope.ACCESS) {
            return;
        }
        Method method = resource.getResourceMethod();
        if (method != null && method.isAnnotationPresent(SessionNeeded.class)) {
            throw Problems.of(403, "An API token may not do this. Sign in instead.");
        }
        boolean isReading = READING.contains(request.getMethod())
                || method != null && method.isAnnotationPresent(ChangesNothing.class);
        if (scope == Scope.READ && !isReading) {
            throw Problems.of(403, "This API token may only read: its scope is read, and this needs manage.");
        }
    }
}
