package org.machineregistry.address;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

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
    private final Vertx vertx;

    MismatchLog(Vertx vertx) {
        this.vertx = vertx;
    }

    void summariseEachMinute(@Observes StartupEvent event) {
        vertx.setPeriodic(MINUTE, timer -> summarise());
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
