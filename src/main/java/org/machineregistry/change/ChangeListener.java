package org.machineregistry.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.postgresql.PGNotification;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** The one connection of this replica that listens. It comes back by itself; what may have been missed is a {@link Resync}. */
@Singleton
public class ChangeListener {
    private static final int RETRY_MILLIS = 250;

    private final DataSource database;
    private final ListeningProof proof;
    private final ListeningLog log;
    private final ChangeEvents events;
    private volatile boolean running;
    private volatile boolean listening;
    private Thread thread;

    ChangeListener(DataSource database, ListeningProof proof, ListeningLog log, ChangeEvents events) {
        this.database = database;
        this.proof = proof;
        this.log = log;
        this.events = events;
    }

    /** Whether it is proven that announcements arrive. While it is not, nothing remembered may be trusted. */
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
            try (Connection pooled = database.getConnection();
                    ListeningConnection connection = new ListeningConnection(pooled)) {
                proof.begin();
                receive(connection);
            } catch (SQLException | RuntimeException | Error failure) {
                if (running) {
                    log.lost(failure);
                }
            } finally {
                listening = false;
                proof.end();
            }
            pause();
        }
    }

    private void receive(ListeningConnection connection) throws SQLException {
        while (running) {
            PGNotification[] arrived = connection.next();
            hear(arrived);
            if (arrived.length == 0 && proof.isOverdue()) {
                distrust();
                return;
            }
            if (proof.isProven()) {
                trust();
            }
        }
    }

    private void trust() {
        if (!listening) {
            // Everything that was remembered from before is gone when this returns.
            events.fireMissed();
            listening = true;
            log.works();
        }
    }

    /** Has lists read anew each time, so that they are old by seconds and not for ever; and LISTEN is tried again. */
    private void distrust() {
        listening = false;
        proof.miss();
        log.deaf();
        events.fireMissed();
    }

    private void hear(PGNotification[] arrived) {
        List<PGNotification> announcements = new ArrayList<>();
        for (PGNotification notification : arrived) {
            if (notification.getName().equals(ListeningProof.CHANNEL)) {
                proof.hear(notification.getParameter());
            } else if (notification.getName().equals(Signal.CHANNEL)) {
                events.fireSignal(notification.getParameter());
            } else {
                announcements.add(notification);
            }
        }
        events.fire(announcements);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(running ? RETRY_MILLIS : 0);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
