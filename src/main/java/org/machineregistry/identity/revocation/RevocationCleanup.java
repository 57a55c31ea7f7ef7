package org.machineregistry.identity.revocation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;

/** Cleans away, now and then, what was revoked and has expired by itself meanwhile. */
@ApplicationScoped
class RevocationCleanup {
    private static final Logger LOG = Logger.getLogger(RevocationCleanup.class);
    private static final long PERIOD = TimeUnit.MINUTES.toMillis(10);

    private final RevocationTable table;
    private final RevokedSessions revoked;
    private final ExecutorService workers;
    private final Timers timers;

    RevocationCleanup(RevocationTable table, RevokedSessions revoked, ExecutorService workers, Timers timers) {
        this.table = table;
        this.revoked = revoked;
        this.workers = workers;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        timers.every(PERIOD, () -> workers.execute(this::clean));
    }

    private void clean() {
        revoked.forgetExpired();
        try {
            // What was forgotten because the clock had jumped ahead comes back.
            revoked.read();
            table.removeExpired();
        } catch (RuntimeException failure) {
            // The next time, or another replica, does it.
            LOG.debugf("Revocations that have expired are still there: %s", failure);
        }
    }
}
