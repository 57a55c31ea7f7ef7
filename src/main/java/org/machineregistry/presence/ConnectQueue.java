package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.presence.clock.PresenceClock;

/** The connects and new sockets that wait to be written. */
@ApplicationScoped
public class ConnectQueue extends RefusableQueue<HeartbeatWrite> {
    private final PresenceClock clock;

    ConnectQueue(PresenceClock clock) {
        this.clock = clock;
    }

    @Override
    Settlement<HeartbeatWrite> execute(Connection connection, List<HeartbeatWrite> writes, long now)
            throws SQLException {
        return HeartbeatStatement.execute(connection, writes, clock, now);
    }
}
