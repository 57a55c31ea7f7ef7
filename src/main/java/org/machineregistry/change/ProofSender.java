package org.machineregistry.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Sends the proofs of {@link ListeningProof}, from a thread of its own: a pool that has no connection to give delays nobody else. */
@ApplicationScoped
class ProofSender {
    private static final Logger LOG = Logger.getLogger(ProofSender.class);
    private static final int LONGEST_MILLIS = 3_000;
    /** SQL states of a prepared statement that is there already, or is not: this connection shares its server process. */
    private static final String DUPLICATE_STATEMENT = "42P05";
    private static final String UNKNOWN_STATEMENT = "26000";

    private final DataSource database;
    private final ListeningProof proof;
    private volatile boolean running;
    private Thread thread;

    ProofSender(DataSource database, ListeningProof proof) {
        this.database = database;
        this.proof = proof;
    }

    void start(@Observes StartupEvent event) {
        running = true;
        thread = new Thread(this::run, "listening-proof");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(2));
    }

    private void run() {
        try {
            while (running) {
                send(proof.next());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String payload) {
        try (Connection connection = database.getConnection()) {
            send(connection, payload);
            proof.sent(payload);
        } catch (SQLException | RuntimeException | Error failure) {
            LOG.debugf("A proof could not be sent: %s", failure);
            if (failure instanceof SQLException sql && isShared(sql.getSQLState())) {
                proof.refused(payload);
            } else {
                proof.notSent(payload);
            }
        }
    }

    /** @param state null where the pool had no connection to give */
    private static boolean isShared(String state) {
        return DUPLICATE_STATEMENT.equals(state) || UNKNOWN_STATEMENT.equals(state);
    }

    private static void send(Connection connection, String payload) throws SQLException {
        // A thread that waits here for a database that went silent cannot send the proof that a new connection needs.
        int timeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
        try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, ListeningProof.CHANNEL);
            notify.setString(2, payload);
            notify.execute();
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        }
    }
}
