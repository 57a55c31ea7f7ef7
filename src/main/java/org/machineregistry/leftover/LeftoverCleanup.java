package org.machineregistry.leftover;

import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/** Removes leftovers each hour, and soon after the start: a service that is restarted often removes them, too. */
@ApplicationScoped
class LeftoverCleanup {
    private static final Logger LOG = Logger.getLogger(LeftoverCleanup.class);
    private static final long FIRST = TimeUnit.MINUTES.toMillis(5);
    private static final long PERIOD = TimeUnit.HOURS.toMillis(1);

    private final AnonymousLeftovers leftovers;
    private final ExecutorService workers;
    private final Vertx vertx;

    LeftoverCleanup(AnonymousLeftovers leftovers, ExecutorService workers, Vertx vertx) {
        this.leftovers = leftovers;
        this.workers = workers;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(FIRST, PERIOD, timer -> workers.execute(this::clean));
    }

    private void clean() {
        try {
            leftovers.remove();
        } catch (SQLException | RuntimeException failure) {
            // The next time, or another replica, does it.
            LOG.debugf("Leftovers of people without an account are still there: %s", failure);
        }
    }
}
