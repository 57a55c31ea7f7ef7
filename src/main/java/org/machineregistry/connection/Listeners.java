package org.machineregistry.connection;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;

/**
 * Accepts connections while there is room for them; the others wait in the operating system. When the service stops it refuses new
 * connections for half a second or more before the server ends all that are there. A proxy goes to another replica with a request for
 * which it gets no connection; with one that was sent and not answered it may not. In that time Quarkus answers what comes on the
 * connections that are there, and each of them ends with its answer.
 *
 * <p>Reaches into Netty's listener: a server of Vert.x (4.5) can only be closed with all its connections.
 */
@Singleton
// Netty's extension looks it up, which the build does not see.
@Unremovable
class Listeners {
    private static final Duration REFUSES_FOR = Duration.ofMillis(500);

    private final Set<ServerChannel> listeners = ConcurrentHashMap.newKeySet();
    private final Optional<Duration> delay;
    private boolean paused;
    private boolean stopping;

    Listeners(@ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.delay = delay;
    }

    void opened(ServerChannel listener) {
        listeners.add(listener);
    }

    /** Accepts nothing until {@link #resume}. @return whether it did before */
    synchronized boolean pause() {
        if (paused || stopping) {
            return false;
        }
        paused = true;
        listeners.forEach(listener -> listener.config().setAutoRead(false));
        return true;
    }

    synchronized void resume() {
        if (paused) {
            paused = false;
            listeners.forEach(listener -> listener.config().setAutoRead(true));
        }
    }

    /** What waits is accepted before the listener closes. */
    private synchronized void resumeForGood() {
        stopping = true;
        resume();
    }

    /** Runs first: other observers wait for their clients. */
    void stop(@Observes @Priority(LIBRARY_BEFORE) ShutdownDelayInitiatedEvent event) {
        // Dev mode keeps its server when it starts the service anew.
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        resumeForGood();
        delay.ifPresent(time -> listeners.forEach(listener -> closeAfter(time.minus(REFUSES_FOR), listener)));
    }

    private static void closeAfter(Duration time, ServerChannel listener) {
        // What still waits to be accepted ends with the listener. So each look at it, the last one too, accepts all that waits; Netty's own
        // measure is sixteen.
        listener.config().<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator()
                .maxMessagesPerRead(Integer.MAX_VALUE);
        listener.eventLoop().schedule(() -> listener.close(), Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }
}
