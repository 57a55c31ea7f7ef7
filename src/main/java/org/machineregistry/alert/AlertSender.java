package org.machineregistry.alert;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Change;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;
import org.machineregistry.database.DatabaseAvailability;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;

/**
 * Tells a receiver which machines went down, which are back, and which will be removed. It looks at the database when a change was
 * announced, when the next is due, and now and then in case that an announcement was missed. Without a receiver nothing of it runs.
 */
@ApplicationScoped
class AlertSender {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);
    // Changes that are announced in the same instant are looked at together.
    private static final long LOOK_AT_MOST_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long TRY_AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final long LEASE_MICROS = TimeUnit.SECONDS.toMicros(20);
    private static final long SETTLE_EVERY_MILLIS = 50;
    private static final int SETTLE_TRIES = 100;

    private final AlertsConfig config;
    private final AlertOutbox outbox;
    private final AlertLog log;
    private final DatabaseAvailability database;
    private final ObjectMapper json;
    private final TlsConfigurationRegistry tls;
    private final Vertx vertx;
    private final Semaphore changed = new Semaphore(0);
    private final Listening listening;
    private AlertSettings settings;
    private AlertClient client;
    private MessageWriter writer;
    private volatile Thread thread;
    private volatile boolean running;

    AlertSender(AlertsConfig config, AlertOutbox outbox, AlertLog log,
            DatabaseAvailability database, ObjectMapper json, TlsConfigurationRegistry tls, Vertx vertx) {
        this.config = config;
        this.outbox = outbox;
        this.log = log;
        this.database = database;
        this.json = json;
        this.tls = tls;
        this.vertx = vertx;
        this.listening = new Listening(database);
    }

    // Settings are checked before threads start: what these log while a start that failed takes all away would hide the reason.
    void check(@Observes @Priority(LIBRARY_BEFORE) StartupEvent event) {
        settings = AlertSettings.of(config).orElse(null);
    }

    void start(@Observes StartupEvent event) {
        if (settings != null) {
            client = new AlertClient(settings, AlertTls.options(tls), vertx);
            writer = settings.format().writer(settings, json);
            running = true;
            thread = new Thread(this::run, "alerts");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (running) {
            running = false;
            changed.release();
            // A message that is under way may arrive; otherwise another replica sends it, or this one after its next start.
            thread.join(TimeUnit.SECONDS.toMillis(2));
            thread.interrupt();
        }
    }

    void hear(@Observes Changes changes) {
        if (running && changes.all().stream().anyMatch(Change::isVisible)) {
            changed.release();
        }
    }

    void hear(@Observes Resync resync) {
        if (running) {
            changed.release();
        }
    }

    private void run() {
        long lookAt = System.nanoTime();
        try {
            while (running) {
                long slept = System.nanoTime();
                boolean asked = changed.tryAcquire(Math.min(TICK, lookAt - slept), TimeUnit.NANOSECONDS);
                long now = System.nanoTime();
                listening.slept(slept, now);
                if (asked || now - lookAt >= 0) {
                    TimeUnit.NANOSECONDS.sleep(asked ? LOOK_AT_MOST_EVERY : 0);
                    changed.drainPermits();
                    lookAt = System.nanoTime() + look();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what there is to send. @return after how many nanoseconds to look again */
    private long look() throws InterruptedException {
        if (!database.isAvailable()) {
            return TRY_AGAIN;
        }
        try {
            long heardSeconds = listening.seconds(System.nanoTime());
            AlertOutbox.Work work = outbox.take(heardSeconds, LEASE_MICROS);
            log.looked();
            if (work.isTaken()) {
                AlertMessage message = next(heardSeconds);
                deliver(message, work.failures());
                // The row that is due may be locked by somebody.
                return message == null ? TRY_AGAIN : 0;
            }
            return LookPlan.nanosUntilNext(work);
        } catch (SQLException | RuntimeException | Error failure) {
            // The failure may be anything: no alert must depend on a thread that ended.
            log.lookFailed(failure);
            return TRY_AGAIN;
        }
    }

    private AlertMessage next(long heardSeconds) throws SQLException {
        for (MessageKind kind : MessageKind.values()) {
            AlertMessage message = outbox.next(kind, heardSeconds, settings.untold());
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private void deliver(AlertMessage message, int failures) throws SQLException, InterruptedException {
        if (message != null) {
            try {
                client.send(writer.write(message, Instant.now()));
            } catch (IOException failure) {
                log.failed(settings.receiver(), failure.getMessage(), failures);
                outbox.pause(LookPlan.pauseMicros(failures));
                return;
            }
            log.sent(settings.receiver(), message.alerts().size(), failures);
            settle(message);
        }
        outbox.giveBack();
    }

    /** A row that somebody keeps locked for longer is told of once more, with the same id. */
    private void settle(AlertMessage message) throws SQLException, InterruptedException {
        for (int tried = 1; !outbox.settle(message) && tried < SETTLE_TRIES; tried++) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_EVERY_MILLIS);
        }
    }
}
