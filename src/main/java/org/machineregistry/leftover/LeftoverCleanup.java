package org.machineregistry.leftover;

import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;

/** Removes leftovers each hour, and soon after the start: a service that is restarted often removes them, too. */
@ApplicationScoped
class LeftoverCleanup {
    private static final Logger LOG = Logger.getLogger(LeftoverCleanup.class);
    private static final long FIRST = TimeUnit.MINUTES.toMillis(5);
    private static final long PERIOD = TimeUnit.HOURS.toMillis(1);

    private final AnonymousLeftovers leftovers;
    private final ExecutorService workers;
    private final Timers timers;

    LeftoverCleanup(AnonymousLeftovers leftovers, ExecutorService workers, Timers timers) {
        this.leftovers = leftovers;
        this.workers = workers;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        timers.every(FIRST, PERIOD, () -> workers.execute(this::clean));
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
