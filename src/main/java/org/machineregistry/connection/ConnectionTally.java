package org.machineregistry.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;

/** Says once a minute how many connections the limits ended: a line for each would be a log that anyone can fill. */
@Singleton
class ConnectionTally {
    private static final Logger LOG = Logger.getLogger(ConnectionTally.class);
    private static final long EVERY = TimeUnit.MINUTES.toMillis(1);

    private final LongAdder refused = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final LongAdder paused = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder hasty = new LongAdder();
    private final Timers timers;

    ConnectionTally(Timers timers) {
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        timers.every(EVERY, this::say);
    }

    /** There are too many, or too many of its address. */
    void refused() {
        refused.increment();
    }

    /** A newer one took its place before anybody showed who they are. */
    void replaced() {
        replaced.increment();
    }

    /** As many as there may be unknown ones wait for answers, so that no more are accepted for the moment. */
    void paused() {
        paused.increment();
    }

    /** Requests came that did not wait for the answers to those before them. */
    void hasty() {
        hasty.increment();
    }

    /** A request did not come in time, or an answer was not taken. */
    void late() {
        late.increment();
    }

    private void say() {
        long refusedNow = refused.sumThenReset();
        long replacedNow = replaced.sumThenReset();
        long pausedNow = paused.sumThenReset();
        long lateNow = late.sumThenReset();
        long hastyNow = hasty.sumThenReset();
        if (refusedNow + replacedNow + pausedNow + lateNow + hastyNow > 0) {
            LOG.infof(
                    "In the last minute %d connections were refused, %d unknown ones made room for newer ones, %d times newer"
                            + " ones had to wait for the answers to unknown ones, %d were ended because a request did not come, or an"
                            + " answer was not taken, in time, and %d because they did not wait for answers (see connections.*)",
                    refusedNow, replacedNow, pausedNow, lateNow, hastyNow);
        }
    }
}
