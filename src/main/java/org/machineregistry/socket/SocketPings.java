package org.machineregistry.socket;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Signal;
import org.machineregistry.ping.PingSignals;
import org.machineregistry.timer.Timers;

import io.vertx.core.buffer.Buffer;

/** Pings the machines whose sockets this replica holds, when somebody asks at whichever replica, and says what came of it. */
@ApplicationScoped
class SocketPings {
    private static final long FORGOTTEN_AFTER = TimeUnit.SECONDS.toMillis(6);
    private static final int MOST = 1_000;
    // RFC 6455, 5.5: a control frame holds no more.
    private static final int LONGEST_ID = 125;

    /** @param at of {@link System#nanoTime()} */
    private record Sent(OpenSocket socket, long at) {}

    private final OpenSockets sockets;
    private final PingSignals signals;
    private final Timers timers;
    private final ConcurrentMap<String, Sent> sent = new ConcurrentHashMap<>();

    SocketPings(OpenSockets sockets, PingSignals signals, Timers timers) {
        this.sockets = sockets;
        this.signals = signals;
        this.timers = timers;
    }

    void asked(@Observes Signal signal) {
        OpenSocket socket = signal.kind().equals(PingSignals.ASKED) ? sockets.find(signal.machineId()) : null;
        if (socket == null || !socket.isOpen() || sent.size() >= MOST || signal.id().length() > LONGEST_ID) {
            return;
        }
        // Nobody waits longer for a signal that cannot be sent than for a machine that does not answer.
        signals.send(new Signal(PingSignals.HELD, socket.machineId, signal.id(), 0));
        sent.put(signal.id(), new Sent(socket, System.nanoTime()));
        timers.after(FORGOTTEN_AFTER, () -> sent.remove(signal.id()));
        socket.connection.sendPing(Buffer.buffer(signal.id())).subscribe().with(done -> {
        }, broken -> sent.remove(signal.id()));
    }

    /** @param data what a pong gives back of its ping; nothing for one of the service's own */
    void answered(OpenSocket socket, Buffer data) {
        if (data.length() == 0 || sent.isEmpty()) {
            return;
        }
        String id = data.toString();
        Sent ping = sent.get(id);
        // An id that another machine made up is no answer.
        if (ping != null && ping.socket() == socket && sent.remove(id, ping)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ping.at());
            signals.send(new Signal(PingSignals.ANSWERED, socket.machineId, id, millis));
        }
    }
}
