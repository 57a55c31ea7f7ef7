package org.machineregistry.feed;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/** Keeps streams alive, has them say whether they are live, and ends those whose session is over: three timers, however many streams. */
@ApplicationScoped
class FeedClock {
    private static final long KEEP_ALIVE = TimeUnit.SECONDS.toMillis(15);
    private static final long LOOK_WHETHER_LIVE = 250;
    private static final long LOOK_FOR_OVER = TimeUnit.SECONDS.toMillis(1);

    private final Feed feed;
    private final Vertx vertx;

    FeedClock(Feed feed, Vertx vertx) {
        this.feed = feed;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(KEEP_ALIVE, timer -> feed.keepAlive());
        vertx.setPeriodic(LOOK_WHETHER_LIVE, timer -> feed.look());
        vertx.setPeriodic(LOOK_FOR_OVER, timer -> feed.endOver());
    }
}
