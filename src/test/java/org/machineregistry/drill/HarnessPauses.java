package org.machineregistry.drill;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How late this harness itself was, and when: what it saw late because of that is nobody's lie. */
final class HarnessPauses implements AutoCloseable {
    private static final long TICK_MILLIS = 20;
    private static final long WORTH_NOTING = 20;
    /** A pause delays what was under way before it. */
    private static final long BEFORE = 2_000;

    private record Pause(long at, long millis) {}

    private final Queue<Pause> pauses = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::watch, "harness-pauses");

    HarnessPauses() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long last = Timeline.now();
        try {
            while (!thread.isInterrupted()) {
                Timeline.pass(TICK_MILLIS);
                long now = Timeline.now();
                if (now - last - TICK_MILLIS > WORTH_NOTING) {
                    pauses.add(new Pause(now, now - last - TICK_MILLIS));
                }
                last = now;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    long around(long from, long until) {
        return pauses.stream().filter(pause -> pause.at >= from - BEFORE && pause.at <= until + BEFORE)
                .mapToLong(Pause::millis).max().orElse(0);
    }

    long longest() {
        return pauses.stream().mapToLong(Pause::millis).max().orElse(0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
