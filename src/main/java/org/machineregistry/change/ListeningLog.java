package org.machineregistry.change;

import java.sql.SQLException;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

/** Says once for each outage that announcements do not arrive, and why, and once that they do again. Of the listener's thread alone. */
@ApplicationScoped
class ListeningLog {
    private static final Logger LOG = Logger.getLogger(ChangeListener.class);

    private enum State {
        STARTING, WORKING, LOST, DEAF
    }

    private State state = State.STARTING;

    /** The listening connection broke, or there is none to be had. */
    void lost(Throwable failure) {
        if (state == State.STARTING || state == State.WORKING) {
            state = State.LOST;
            LOG.warnf("Not listening for changes, trying again: %s",
                    failure instanceof SQLException ? failure.getMessage() : failure);
        } else {
            LOG.debugf("Still not listening for changes: %s", failure);
        }
    }

    /** The connection is there, and a proof did not come. */
    void deaf() {
        if (state != State.DEAF) {
            state = State.DEAF;
            LOG.warn(
                    "A NOTIFY of this replica's own does not come back, so it does not hear what changes at other replicas: it is"
                            + " not ready, and trusts nothing that it remembers. The likely cause is a connection pooler in transaction or"
                            + " statement mode, such as PgBouncer: connect to PostgreSQL directly, or set pool_mode=session");
        }
    }

    void works() {
        if (state != State.STARTING && state != State.WORKING) {
            LOG.info("Listening for changes again: a NOTIFY of this replica's own came back");
        }
        state = State.WORKING;
    }
}
