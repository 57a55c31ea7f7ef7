package org.machineregistry.timer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;

import io.vertx.core.Vertx;

/**
 * Work that comes later, or again and again, for as long as there are beans to do it. Vert.x' own timers outlive them for a moment when
 * the service stops, or cannot start, and each would then fail with a stack trace in the log.
 *
 * <p>Times are in milliseconds. The work runs on an event loop and must not wait.
 */
@ApplicationScoped
public class Timers {
    private final Vertx vertx;
    private volatile boolean over;

    Timers(Vertx vertx) {
        this.vertx = vertx;
    }

    public void after(long millis, Runnable work) {
        vertx.setTimer(millis, timer -> run(work));
    }

    public void every(long millis, Runnable work) {
        every(millis, millis, work);
    }

    public void every(long first, long millis, Runnable work) {
        vertx.setPeriodic(first, millis, timer -> run(work));
    }

    private void run(Runnable work) {
        if (!over) {
            work.run();
        }
    }

    // Where nobody has used them, they could no longer be made: Vert.x may not have been started either.
    void end(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object beans) {
        over = true;
    }
}
