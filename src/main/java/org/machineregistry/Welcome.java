package org.machineregistry;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;

/** Says where to go once the service answers. */
@Singleton
class Welcome {

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    void onStart(@ObservesAsync HttpServerStart start, HttpServer server) {
        LOG.infof("The machine registry is at http://localhost:%d/", server.getPort());
    }
}
