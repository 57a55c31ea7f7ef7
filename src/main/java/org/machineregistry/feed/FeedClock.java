package org.machineregistry.feed;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;

/** Keeps streams alive, has them say whether they are live, and ends those whose session is over: three timers, however many streams. */
@ApplicationScoped
class FeedClock {
    private static final long KEEP_ALIVE = TimeUnit.SECONDS.toMillis(15);
    private static final long LOOK_WHETHER_LIVE = 250;
    private static final long LOOK_FOR_OVER = TimeUnit.SECONDS.toMillis(1);

    private final Feed feed;
    private final Timers timers;

    FeedClock(Feed feed, Timers timers) {
        this.feed = feed;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        timers.every(KEEP_ALIVE, feed::keepAlive);
        timers.every(LOOK_WHETHER_LIVE, feed::look);
        timers.every(LOOK_FOR_OVER, feed::endOver);
    }
}
