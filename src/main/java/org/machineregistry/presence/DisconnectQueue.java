package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.presence.clock.PresenceClock;

/** The goodbyes and lost sockets that wait to be written. */
@ApplicationScoped
public class DisconnectQueue extends RefusableQueue<DisconnectWrite> {
    private final PresenceClock clock;

    DisconnectQueue(PresenceClock clock) {
        this.clock = clock;
    }

    @Override
    Settlement<DisconnectWrite> execute(Connection connection, List<DisconnectWrite> writes, long now)
            throws SQLException {
        return DisconnectStatement.execute(connection, writes, clock, now);
    }
}
