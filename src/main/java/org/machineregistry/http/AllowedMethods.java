package org.machineregistry.http;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/**
 * Says which methods an address takes.
 *
 * <p>Works around Quarkus REST 3.33.2, whose ClassRoutingHandler leaves {@code Allow} out and has no public way to what it knows.
 *
 * <p>Reaches into Quarkus REST's table of resources.
 */
class AllowedMethods {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

    @ServerExceptionMapper(value = NotAllowedException.class, priority = Priorities.USER - 100)
    Response toProblem(NotAllowedException refused) {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        Set<String> methods = of(request.getPath(), request);
        return Problems.methodNotAllowed(String.join(", ", methods)).toResponse();
    }

    /** Quarkus REST answers OPTIONS for all addresses of a class together. */
    @ServerResponseFilter
    public void correct(ContainerRequestContext request, ContainerResponseContext response) {
        if (HttpMethod.OPTIONS.equals(request.getMethod()) && response.getHeaders().containsKey(HttpHeaders.ALLOW)) {
            ResteasyReactiveRequestContext current = CurrentRequestManager.get();
            response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", of(current.getPath(), current)));
        }
    }

    private static Set<String> of(String path, ResteasyReactiveRequestContext request) {
        Set<String> methods = new TreeSet<>(Set.of(HttpMethod.OPTIONS));
        RuntimeResourceVisitor.visitRuntimeResources(null, request.getDeployment().getClassMappers(),
                new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String template, RuntimeResource resource) {
                        if (fits(template, path)) {
                            methods.add(method);
                        }
                    }
                });
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return methods;
    }

    /** Slash by slash: a template's parameter may be any of its parts. */
    private static boolean fits(String template, String path) {
        String[] parts = template.split("/");
        String[] found = path.split("/");
        boolean fits = parts.length == found.length;
        for (int i = 0; fits && i < parts.length; i++) {
            fits = parts[i].equals(found[i]) || PARAMETER.matcher(parts[i]).matches() && !found[i].isEmpty();
        }
        return fits;
    }
}
