package org.machineregistry.descriptor;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Says that a replica is not ready while few file descriptors are free: new machines are better sent to another replica. They are counted
 * on a thread of its own, because ten thousand take a while and the workers may all be waiting for the database.
 */
@Readiness
@ApplicationScoped
class DescriptorCheck implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(DescriptorCheck.class);
    private static final String NAME = "File descriptors are free";
    /** More than is free when {@code connection/ConnectionLimit} begins to refuse, so that this replica is not ready before it does. */
    private static final long FEW = 64;
    private static final long FEW_IN = 20;
    private static final long COUNT_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final ExecutorService counter = Executors.newSingleThreadExecutor(DescriptorCheck::daemon);
    private HealthCheckResponse counted;
    private long countedAt;

    void stop(@Observes ShutdownEvent event) {
        counter.shutdownNow();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.supplyAsync(this::response, counter))
                .ifNoItem()
                .after(LONGEST)
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }

    // Only the counter's thread calls it.
    private HealthCheckResponse response() {
        if (counted == null || System.nanoTime() - countedAt > COUNT_EVERY) {
            HealthCheckResponse now = count();
            sayWhatChanged(counted, now);
            counted = now;
            countedAt = System.nanoTime();
        }
        return counted;
    }

    private static void sayWhatChanged(HealthCheckResponse before, HealthCheckResponse now) {
        boolean wasUp = before == null || before.getStatus() == Status.UP;
        if (wasUp && now.getStatus() == Status.DOWN) {
            LOG.warnf(
                    "Too few file descriptors are free, so this replica is not ready: %s. More are had by a higher limit"
                            + " (ulimit -n, LimitNOFILE=) or another replica",
                    now.getData().orElse(Map.of()));
        } else if (!wasUp && now.getStatus() == Status.UP) {
            LOG.info("Enough file descriptors are free again");
        }
    }

    private static HealthCheckResponse count() {
        try {
            OptionalLong limit = Descriptors.limit();
            return limit.isEmpty() ? HealthCheckResponse.up(NAME) : response(Descriptors.open(), limit.getAsLong());
        } catch (IOException noneToLookWith) {
            return HealthCheckResponse.down(NAME);
        }
    }

    static HealthCheckResponse response(long open, long limit) {
        return HealthCheckResponse.named(NAME)
                .status(limit - open >= Math.max(FEW, limit / FEW_IN))
                .withData("open", open)
                .withData("limit", limit)
                .build();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "descriptor-check");
        thread.setDaemon(true);
        return thread;
    }
}
