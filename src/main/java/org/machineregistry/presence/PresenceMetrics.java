package org.machineregistry.presence;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The metrics of presence. */
@Singleton
public class PresenceMetrics {
    private final Counter received;
    private final Counter written;
    private final Counter silent;
    private final DistributionSummary batchSize;
    private final Timer batchDuration;
    private final AtomicLong online;

    PresenceMetrics(MeterRegistry metrics) {
        received = Counter.builder("presence.heartbeats.received").description("Heartbeats heard by this replica")
                .register(metrics);
        written = Counter.builder("presence.heartbeats.written").description("Rows that batches of heartbeats wrote")
                .register(metrics);
        silent = Counter.builder("presence.swept").description("Machines found silent by this replica")
                .register(metrics);
        batchSize = DistributionSummary.builder("presence.batch.size").description("Machines written together")
                .register(metrics);
        batchDuration = Timer.builder("presence.batch.duration").description("Time to write a batch")
                .publishPercentiles(0.5, 0.99).register(metrics);
        online = metrics.gauge("presence.machines.online", new AtomicLong());
    }

    void received() {
        received.increment();
    }

    void wrote(int machines, long nanos) {
        written.increment(machines);
        batchSize.record(machines);
        batchDuration.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void swept(int machines) {
        silent.increment(machines);
    }

    /** The whole fleet, as counted in the database. */
    void online(long machines) {
        online.set(machines);
    }
}
