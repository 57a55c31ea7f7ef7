package org.machineregistry.start;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;

/** Says where to go once the service answers. */
@Singleton
@UnlessBuildProfile("dev")
class Welcome {

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    private final String rootPath;

    Welcome(@ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
        this.rootPath = rootPath;
    }

    void onStart(@ObservesAsync HttpServerStart start, HttpServer server) {
        LOG.infof("The machine registry is at %s", address(server.getPort(), rootPath));
    }

    /** Ends with a slash. */
    static String address(int port, String rootPath) {
        String path = rootPath.replaceAll("^/|/$", "");
        return "http://localhost:" + port + (path.isEmpty() ? "/" : "/" + path + "/");
    }
}
