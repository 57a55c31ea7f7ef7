package org.machineregistry.presence;

import java.sql.SQLException;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

/** Turns the silent offline, but for those whose silence may be ours. Of the presence loop's thread alone. */
@ApplicationScoped
class Sweeper {
    private static final Duration LEAST_GRACE = Duration.ofMillis(500);

    private final PresenceConfig config;
    private final Batches batches;
    private final Hearing hearing;
    private final Standstill standstill;
    private final PresenceMetrics metrics;

    Sweeper(PresenceConfig config, Batches batches, Hearing hearing, Standstill standstill, PresenceMetrics metrics) {
        this.config = config;
        this.batches = batches;
        this.hearing = hearing;
        this.standstill = standstill;
        this.metrics = metrics;
    }

    /** @throws StandstillException where nobody could be heard meanwhile: nothing was changed */
    void sweep() throws SQLException {
        Duration grace = config.writeEvery().compareTo(LEAST_GRACE) > 0 ? config.writeEvery() : LEAST_GRACE;
        long hearingMicros = hearing.isPossible() ? hearing.sinceMicros() - grace.toNanos() / 1_000 : 0;
        metrics.swept(batches.inTransaction(connection -> {
            Sweep.Result swept = Sweep.execute(connection, grace, hearingMicros);
            if (standstill.isOver(swept.at())) {
                throw new StandstillException();
            }
            return swept.silent();
        }));
    }

    static final class StandstillException extends RuntimeException {}
}
