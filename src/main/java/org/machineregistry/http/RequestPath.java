package org.machineregistry.http;

import io.vertx.ext.web.RoutingContext;

/** The path of a request as the service's own code knows it: without what {@code quarkus.http.root-path} puts before it. */
public final class RequestPath {
    private static final String ROOT = "/";
    private static final String MACHINES = "/api/agent";

    private RequestPath() {}

    /** Begins with a slash, and is normalized. */
    public static String of(RoutingContext context) {
        return below(context.mountPoint(), context.normalizedPath());
    }

    /** Whether a path is for people, who have sessions, and not for machines, which have tokens. */
    public static boolean isForPeople(String path) {
        return path.startsWith("/api/") && !path.equals(MACHINES) && !path.startsWith(MACHINES + '/');
    }

    /** The path as it came; null for a request that names none. */
    static String raw(RoutingContext context) {
        return below(context.mountPoint(), context.request().path());
    }

    private static String below(String root, String path) {
        if (root == null || root.equals(ROOT) || path == null || !path.startsWith(root)) {
            return path;
        }
        return path.substring(root.endsWith(ROOT) ? root.length() - 1 : root.length());
    }
}
