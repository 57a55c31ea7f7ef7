package org.machineregistry.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** The one connection of this replica that listens. It comes back by itself; what may have been missed is a {@link Resync}. */
@ApplicationScoped
public class ChangeListener {
    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final int QUIET_MILLIS = 500;
    private static final int ANSWER_SECONDS = 2;
    private static final int RETRY_MILLIS = 250;

    private final DataSource database;
    private final Event<Changes> changes;
    private final Event<Resync> resyncs;
    private final Timer lag;
    private volatile boolean running;
    private volatile boolean listening;
    private Thread thread;

    ChangeListener(DataSource database, Event<Changes> changes, Event<Resync> resyncs, MeterRegistry metrics) {
        this.database = database;
        this.changes = changes;
        this.resyncs = resyncs;
        this.lag = Timer.builder("change.notification.lag")
                .description("From the announcement of a change to its arrival")
                .publishPercentiles(0.5, 0.99).register(metrics);
    }

    /** Whether announcements arrive now. While they do not, nothing remembered may be trusted. */
    public boolean isListening() {
        return listening;
    }

    void start(@Observes StartupEvent event) {
        running = true;
        thread = new Thread(this::run, "change-listener");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(2));
    }

    private void run() {
        while (running) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException | Error failure) {
                if (running) {
                    LOG.warnf("Not listening for changes, trying again: %s", failure.getMessage());
                }
            }
            pause();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + Announcements.CHANNEL);
            try {
                resyncs.fire(new Resync(true));
                // What was remembered from before is gone now.
                listening = true;
                receive(connection);
            } finally {
                listening = false;
                // The pool may lend this connection again.
                statement.execute("unlisten *");
            }
        }
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (running) {
            PGNotification[] notifications = postgres.getNotifications(QUIET_MILLIS);
            if (notifications != null && notifications.length > 0) {
                fire(notifications);
            } else if (!connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("the connection is gone");
            }
        }
    }

    private void fire(PGNotification[] notifications) {
        List<Change> all = new ArrayList<>();
        boolean resync = false;
        for (PGNotification notification : notifications) {
            ChangeCodec.Said said = ChangeCodec.decode(notification.getParameter());
            // By two clocks: the difference between two hosts is in it.
            lag.record(Math.max(0, System.currentTimeMillis() - said.at()), TimeUnit.MILLISECONDS);
            resync |= said.changes().isEmpty();
            all.addAll(said.changes());
        }
        if (!all.isEmpty()) {
            changes.fire(new Changes(all));
        }
        if (resync) {
            resyncs.fire(new Resync(false));
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(running ? RETRY_MILLIS : 0);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
