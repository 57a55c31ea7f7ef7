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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
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
    private static final long ONE_LOOK = 10;

    private final Set<ServerChannel> listeners = ConcurrentHashMap.newKeySet();
    private final Optional<Duration> delay;
    private volatile boolean paused;
    private boolean stopping;

    Listeners(@ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.delay = delay;
    }

    /** One will listen; it has no event loop yet. */
    void opens(ServerChannel listener) {
        listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) throws Exception {
                opened(listener);
                super.channelActive(context);
            }
        });
    }

    private synchronized void opened(ServerChannel listener) {
        listeners.add(listener);
        applyNow(listener);
    }

    /** Accepts nothing until {@link #resume}, also where Netty accepts again by itself. @return whether it did before */
    synchronized boolean pause() {
        if (stopping) {
            return false;
        }
        boolean before = !paused;
        paused = true;
        listeners.stream().filter(listener -> listener.config().isAutoRead()).forEach(this::apply);
        return before;
    }

    synchronized void resume() {
        if (paused) {
            paused = false;
            listeners.forEach(this::apply);
        }
    }

    // Netty, too, stops a listener for a second that has no descriptor for a connection, and starts it again. On the listener's event loop
    // one comes after the other, and what counts is what is wanted when its turn has come.
    private void apply(ServerChannel listener) {
        EventLoop loop = listener.eventLoop();
        if (loop.inEventLoop()) {
            applyNow(listener);
        } else {
            loop.execute(() -> applyNow(listener));
        }
    }

    private void applyNow(ServerChannel listener) {
        boolean accepts = !paused;
        listener.config().setAutoRead(accepts);
        if (accepts) {
            listener.read();
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
        delay.ifPresent(time -> listeners.forEach(listener -> closeAfter(time.minus(REFUSES_FOR), listener)));
        resumeForGood();
    }

    private static void closeAfter(Duration time, ServerChannel listener) {
        // What still waits to be accepted ends with the listener. So each look at it, the last one too, accepts all that waits; Netty's own
        // measure is sixteen.
        listener.config().<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator()
                .maxMessagesPerRead(Integer.MAX_VALUE);
        // Where no time is left it closes with the next look, not before one.
        listener.eventLoop().schedule(() -> listener.close(), Math.max(ONE_LOOK, time.toMillis()),
                TimeUnit.MILLISECONDS);
    }
}
