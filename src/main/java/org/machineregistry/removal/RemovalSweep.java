package org.machineregistry.removal;

import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.presence.Presence;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;

/** Looks every few seconds for machines that were offline for too long, and now and then at what people read of when that will be. */
@ApplicationScoped
class RemovalSweep {
    private static final Logger LOG = Logger.getLogger(RemovalSweep.class);
    private static final long PERIOD = TimeUnit.SECONDS.toMillis(5);
    private static final long CORRECT_EVERY = TimeUnit.MINUTES.toNanos(5);
    private static final long FIRST_CORRECTION = TimeUnit.MINUTES.toNanos(1);

    private final OfflineRemoval removal;
    private final Presence presence;
    private final ExecutorService workers;
    private final Timers timers;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final long startedAt = System.nanoTime();
    private volatile long correctAt = startedAt + FIRST_CORRECTION;

    RemovalSweep(OfflineRemoval removal, Presence presence, ExecutorService workers, Timers timers) {
        this.removal = removal;
        this.presence = presence;
        this.workers = workers;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        timers.every(PERIOD, () -> workers.execute(this::sweepUnlessSweeping));
    }

    private void sweepUnlessSweeping() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            if (presence.awayFor().isZero()) {
                sweep();
            }
        } catch (SQLException | RuntimeException failure) {
            // The next time, or another replica, does it.
            LOG.debugf("Machines that were offline for too long are still there: %s", failure);
        } finally {
            sweeping.set(false);
        }
    }

    private void sweep() throws SQLException {
        boolean isDue = removal.advanceClock();
        long now = System.nanoTime();
        if (isDue) {
            removal.refuseDue(heardSeconds(now));
            removal.removeRefused(OfflineRemoval.REFUSED_MICROS);
        }
        if (now - correctAt >= 0) {
            correctAt = now + CORRECT_EVERY;
            removal.correctTimes();
        }
    }

    /** Returns for how long machines could come back to this replica: before that, their silence is ours. */
    private long heardSeconds(long now) {
        long since = Math.min(now - startedAt, now - presence.availableSince());
        return TimeUnit.NANOSECONDS.toSeconds(Math.max(0, Math.min(since, now - presence.lastStoodStillAt())));
    }
}
