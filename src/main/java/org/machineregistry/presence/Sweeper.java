package org.machineregistry.presence;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.batch.Batches;

/** Sweeps for the silent, and counts the fleet now and then. Of the presence loop's thread alone. */
@ApplicationScoped
class Sweeper {
    private static final long COUNT_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final Duration LEAST_GRACE = Duration.ofMillis(500);

    private final PresenceConfig config;
    private final Batches batches;
    private final Hearing hearing;
    private final Standstill standstill;
    private final Fleet fleet;
    private final Slots slots;
    private final PresenceMetrics metrics;
    private long countedAt = System.nanoTime() - COUNT_EVERY;

    Sweeper(PresenceConfig config, Batches batches, Hearing hearing, Standstill standstill, Fleet fleet, Slots slots,
            PresenceMetrics metrics) {
        this.config = config;
        this.batches = batches;
        this.hearing = hearing;
        this.standstill = standstill;
        this.fleet = fleet;
        this.slots = slots;
        this.metrics = metrics;
    }

    /** @throws SQLException when the database cannot be reached */
    void sweep() throws SQLException {
        long started = System.nanoTime();
        try {
            metrics.swept(findSilent());
        } catch (StandstillException stoodStill) {
            hearing.restart();
        }
        if (started - countedAt >= COUNT_EVERY) {
            countedAt = started;
            fleet.resize(batches.inTransaction(Sweep::countOnline));
            slots.evict(started - TimeUnit.SECONDS.toNanos(fleet.pace().ttlSeconds()));
        }
    }

    private int findSilent() throws SQLException {
        Duration grace = config.writeEvery().compareTo(LEAST_GRACE) > 0 ? config.writeEvery() : LEAST_GRACE;
        long hearingMicros = hearing.isPossible() ? hearing.sinceMicros() - grace.toNanos() / 1_000 : 0;
        return batches.inTransaction(connection -> {
            Sweep.Result swept = Sweep.execute(connection, grace, hearingMicros);
            if (standstill.isOver(swept.at())) {
                throw new StandstillException();
            }
            return swept.silent();
        });
    }

    /** Undoes a sweep: nobody could be heard meanwhile. */
    private static final class StandstillException extends RuntimeException {}
}
