package org.machineregistry.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Tells every replica what changed, by NOTIFY: as few as fit, because each takes a lock over the whole database at commit. */
@ApplicationScoped
public class Announcements {
    static final String CHANNEL = "machine";
    private static final Logger LOG = Logger.getLogger(Announcements.class);
    private static final int TOO_MANY_TO_NAME = 1_000;
    private static final int GATHER_MILLIS = 50;
    private static final int RETRY_MILLIS = 500;

    private final DataSource database;
    private final TransactionSynchronizationRegistry transactions;
    private final BlockingQueue<Change> committed = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private Thread gatherer;

    Announcements(DataSource database, TransactionSynchronizationRegistry transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Announces with the current transaction: heard when it commits, and not if it does not. */
    public void announce(List<Change> changes) {
        try (Connection connection = database.getConnection()) {
            announce(connection, changes);
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }

    /** Announces with the transaction of this connection. */
    public static void announce(Connection connection, List<Change> changes) throws SQLException {
        List<Change> named = changes.size() <= TOO_MANY_TO_NAME
                ? changes
                : changes.stream().filter(change -> !change.isVisible()).toList();
        long saidAt = System.currentTimeMillis();
        List<String> payloads = new ArrayList<>(ChangeCodec.encode(named, saidAt));
        if (named.size() < changes.size()) {
            payloads.add(ChangeCodec.resync(saidAt));
        }
        if (payloads.isEmpty()) {
            return;
        }
        try (PreparedStatement notify = connection
                .prepareStatement("select pg_notify(?, payload) from unnest(?) payload")) {
            notify.setString(1, CHANNEL);
            notify.setArray(2, connection.createArrayOf("text", payloads.toArray()));
            notify.execute();
        }
    }

    /** Announces after the current transaction has committed, with what comes in the next moment: for what comes in crowds. */
    public void announceLater(Change change) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Only the outcome counts.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    committed.add(change);
                }
            }
        });
    }

    void start(@Observes StartupEvent event) {
        running = true;
        gatherer = new Thread(this::gather, "announcements");
        gatherer.setDaemon(true);
        gatherer.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        gatherer.interrupt();
        gatherer.join(TimeUnit.SECONDS.toMillis(2));
    }

    private void gather() {
        List<Change> changes = new ArrayList<>();
        while (running) {
            boolean again = !changes.isEmpty();
            try {
                if (!again) {
                    changes.add(committed.take());
                }
                Thread.sleep(again ? RETRY_MILLIS : GATHER_MILLIS);
            } catch (InterruptedException stopping) {
                // The service stops: what is there is still told.
            }
            committed.drainTo(changes);
            tell(changes);
        }
    }

    private void tell(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            announce(connection, changes);
            changes.clear();
        } catch (SQLException | RuntimeException failure) {
            // They stay: it may be this replica alone that cannot tell, and others listen.
            LOG.warnf("%d new machines could not be announced yet: %s", changes.size(), failure.getMessage());
        }
    }
}
