package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import org.jboss.logging.Logger;

/**
 * Waits no longer than it is told for a connection of the pool. The pool itself waits for one, or tries those that it has one after
 * another, for a time of its own, which cannot be given up: a thread does so, and who asks again waits for the same connection. It is
 * used by one thread.
 */
final class PatientPool {
    private static final Logger LOG = Logger.getLogger(PatientPool.class);

    private final DataSource pool;
    /** A connection that was asked for and not taken; null while there is none. */
    private CompletableFuture<Connection> coming;

    PatientPool(DataSource pool) {
        this.pool = pool;
    }

    /** @throws SQLTransientConnectionException when none came within that time */
    Connection connection(Duration atMost) throws SQLException {
        if (coming != null && coming.isDone()) {
            // It came when nobody waited for it, and may not work any more: the pool knows best.
            giveBackWhatComes();
        }
        if (coming == null) {
            coming = ask();
        }
        try {
            Connection came = coming.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            coming = null;
            return came;
        } catch (TimeoutException late) {
            throw new SQLTransientConnectionException("No connection within " + atMost.toMillis() + " ms");
        } catch (ExecutionException failure) {
            coming = null;
            if (failure.getCause() instanceof SQLException reason) {
                throw reason;
            }
            throw new SQLTransientConnectionException(failure.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted", stopping);
        }
    }

    private CompletableFuture<Connection> ask() {
        CompletableFuture<Connection> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(pool.getConnection());
            } catch (SQLException | RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        }, "held-connection");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    /** The pool gets back what nobody takes, also where it comes later. */
    void giveBackWhatComes() {
        CompletableFuture<Connection> late = coming;
        coming = null;
        if (late != null) {
            late.thenAccept(PatientPool::giveBack);
        }
    }

    private static void giveBack(Connection unused) {
        try {
            unused.close();
        } catch (SQLException broken) {
            LOG.debug("A connection that came too late was broken", broken);
        }
    }
}
