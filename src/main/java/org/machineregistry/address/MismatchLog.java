package org.machineregistry.address;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Tells the operator of people who come to an address that the service does not know. That is what any stranger can bring about, so that
 * it is one line a minute, with the first of them.
 */
@ApplicationScoped
public class MismatchLog {
    private static final Logger LOG = Logger.getLogger(MismatchLog.class);
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    private final AtomicReference<AddressMismatch> first = new AtomicReference<>();
    private final LongAdder count = new LongAdder();
    private final Timers timers;

    MismatchLog(Timers timers) {
        this.timers = timers;
    }

    void summariseEachMinute(@Observes StartupEvent event) {
        timers.every(MINUTE, this::summarise);
    }

    void summariseTheRest(@Observes ShutdownEvent event) {
        summarise();
    }

    public void note(AddressMismatch mismatch) {
        first.compareAndSet(null, mismatch);
        count.increment();
    }

    void summarise() {
        AddressMismatch mismatch = first.getAndSet(null);
        long times = count.sumThenReset();
        if (mismatch != null) {
            LOG.warnf(
                    "In the last minute %d requests came to addresses that are none of this service's, the first to %s,"
                            + " seen as %s. If people reach it there, set %s",
                    times, mismatch.came(), mismatch.seen(),
                    mismatch.setting());
        }
    }
}
