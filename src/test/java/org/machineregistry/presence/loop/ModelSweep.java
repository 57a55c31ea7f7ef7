package org.machineregistry.presence.loop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.sql.Connection;
import java.sql.SQLException;

import org.machineregistry.presence.clock.PresenceClock;

/** The sweep of a replica, in a time that the test makes, by the real statements. */
public final class ModelSweep {
    private static final long GRACE = MILLISECONDS.toNanos(900);

    private final PresenceClock clock;
    private final Suspects suspects = new Suspects();

    public ModelSweep(PresenceClock clock) {
        this.clock = clock;
    }

    /** @param now in nanoseconds, as all times here @return whether the clock leapt */
    public boolean setClock(Connection connection, long now) throws SQLException {
        return clock.follow(SweepStatement.clock(connection), now, now);
    }

    /** @return how many machines were found silent */
    public int judge(Connection connection, long now, long hearingSince) throws SQLException {
        SweepStatement.Judgement judgement = new SweepStatement.Judgement(suspects.seenFor(GRACE, now),
                NANOSECONDS.toMicros(GRACE), NANOSECONDS.toMicros(now - hearingSince));
        SweepStatement.Result result = SweepStatement.sweep(connection, clock.at(now), judgement, false);
        suspects.see(result.silent(), now);
        clock.follow(result.clockMicros(), now, now);
        return result.swept();
    }
}
