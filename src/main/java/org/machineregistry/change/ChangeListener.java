package org.machineregistry.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

import org.postgresql.PGNotification;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** The one connection of this replica that listens. It comes back by itself; what may have been missed is a {@link Resync}. */
@ApplicationScoped
public class ChangeListener {
    private static final int RETRY_MILLIS = 250;

    private final DataSource database;
    private final ListeningProof proof;
    private final ListeningLog log;
    private final Event<Changes> changes;
    private final Event<Resync> resyncs;
    private final Timer lag;
    private volatile boolean running;
    private volatile boolean listening;
    private Thread thread;

    ChangeListener(DataSource database, ListeningProof proof, ListeningLog log, Event<Changes> changes,
            Event<Resync> resyncs, MeterRegistry metrics) {
        this.database = database;
        this.proof = proof;
        this.log = log;
        this.changes = changes;
        this.resyncs = resyncs;
        this.lag = Timer.builder("change.notification.lag")
                .description("From the announcement of a change to its arrival")
                .publishPercentiles(0.5, 0.99).register(metrics);
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
            fire(arrived);
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
            // What was remembered from before is gone when this returns.
            resyncs.fire(new Resync(true));
            listening = true;
            log.works();
        }
    }

    /** What is shown is read anew each time, so that it is old by seconds and not for ever; and LISTEN is tried again. */
    private void distrust() {
        listening = false;
        proof.miss();
        log.deaf();
        resyncs.fire(new Resync(true));
    }

    private void fire(PGNotification[] arrived) {
        List<Change> all = new ArrayList<>();
        boolean resync = false;
        boolean missed = false;
        for (PGNotification notification : arrived) {
            if (notification.getName().equals(ListeningProof.CHANNEL)) {
                proof.hear(notification.getParameter());
                continue;
            }
            Optional<ChangeCodec.Said> said = ChangeCodec.decode(notification.getParameter());
            said.ifPresent(this::record);
            said.map(ChangeCodec.Said::changes).ifPresent(all::addAll);
            missed |= said.isEmpty();
            resync |= said.filter(understood -> understood.changes().isEmpty()).isPresent();
        }
        if (!all.isEmpty()) {
            changes.fire(new Changes(all));
        }
        if (resync || missed) {
            resyncs.fire(new Resync(missed));
        }
    }

    private void record(ChangeCodec.Said said) {
        // By two clocks: the difference between two hosts is in it.
        lag.record(Math.max(0, System.currentTimeMillis() - said.at()), TimeUnit.MILLISECONDS);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(running ? RETRY_MILLIS : 0);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
