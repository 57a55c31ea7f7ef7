package org.machineregistry.presence.clock;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Notices that this process stood still: a stopped process, a paused virtual machine, a host that swaps. What is read right
 * after a pause may have come at any moment of it, and its sender may be gone or have gone elsewhere since.
 */
@Singleton
public class PauseDetector {
    private static final long TICK_MILLIS = 50;
    // A busy host is late by some hundred milliseconds now and then.
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long LONG = TimeUnit.SECONDS.toNanos(2);
    // Heartbeats that waited in the kernel's buffers and in queues are read by then: the more, the longer the pause was.
    private static final long SETTLES_WITHIN = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SETTLES_WITHIN_AT_MOST = TimeUnit.SECONDS.toNanos(3);
    private static final int PARTS_OF_PAUSE = 10;

    private record Pause(long from, long until) {
        boolean isLong() {
            return until - from > LONG;
        }

        boolean isSettled(long now) {
            long within = Math.max(SETTLES_WITHIN, (until - from) / PARTS_OF_PAUSE);
            return now - until >= Math.min(within, SETTLES_WITHIN_AT_MOST);
        }
    }

    private volatile long tickedAt;
    private volatile Pause latest;
    private volatile long longPauseEndedAt;
    private volatile boolean running;

    PauseDetector() {
        this(System.nanoTime());
    }

    /** @param now of {@link System#nanoTime()}, or of a test's own time */
    PauseDetector(long now) {
        tickedAt = now;
        latest = new Pause(now, now - SETTLES_WITHIN);
        longPauseEndedAt = now;
    }

    void start(@Observes StartupEvent event) {
        tickedAt = System.nanoTime();
        running = true;
        Thread thread = new Thread(this::run, "pause-detector");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
    }

    private void run() {
        while (running) {
            tick(System.nanoTime());
            try {
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    void tick(long now) {
        if (now - tickedAt > SHORTEST) {
            Pause pause = new Pause(tickedAt, now);
            latest = pause;
            if (pause.isLong()) {
                longPauseEndedAt = now;
            }
        }
        tickedAt = now;
    }

    /** When what is read at a moment can have been sent at the earliest. Both are of {@link System#nanoTime()}. */
    public long sentAtEarliest(long readAt) {
        Pause pause = pauseBefore(readAt);
        return pause == null ? readAt : pause.from;
    }

    /** Whether a long pause ended just now, so that those who ask may have given up long ago. */
    public boolean isWaking(long now) {
        Pause pause = pauseBefore(now);
        return pause != null && pause.isLong();
    }

    /** When the last long pause ended; the start of this process where there was none. */
    public long longPauseEndedAt() {
        return longPauseEndedAt;
    }

    private Pause pauseBefore(long now) {
        long ticked = tickedAt;
        if (now - ticked > SHORTEST) {
            // The thread that notices pauses has not run again yet.
            return new Pause(ticked, now);
        }
        Pause pause = latest;
        return pause.isSettled(now) ? null : pause;
    }
}
