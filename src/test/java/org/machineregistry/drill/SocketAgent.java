package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.machineregistry.drill.AgentSocket.Closed;
import org.machineregistry.drill.Fact.Kind;
import org.machineregistry.fault.Replica;

/** A machine whose open socket is its presence: it pings, and goes elsewhere where that is not answered. */
final class SocketAgent extends Agent {
    private static final int GOING_AWAY = 1001;
    private static final int BAD_TOKEN = 4401;
    private static final int TAKEN_OVER = 4409;
    /** What a machine gave up so shortly before may have been served just then. */
    private static final long JUST_BEFORE = 500;

    private final List<AgentSocket> all = new ArrayList<>();
    private AgentSocket current;
    private AgentSocket newest;

    SocketAgent(MachineLog log, List<Replica> replicas, ScheduledExecutorService scheduler, long patience) {
        super(log, replicas, scheduler, patience);
    }

    /** Has a socket open for a while, and opens another where it is lost. */
    CompletableFuture<Void> present(long millis) {
        return presentUntil(Timeline.now() + millis);
    }

    private CompletableFuture<Void> presentUntil(long until) {
        AgentSocket socket = current();
        if (isFinished() || socket != null && Timeline.now() >= until) {
            return CompletableFuture.completedFuture(null);
        }
        if (socket == null || socket.isClosed()) {
            return reopen().thenCompose(opened -> presentUntil(until));
        }
        long begun = Timeline.now();
        return ping(socket).thenCompose(heard -> {
            if (!heard) {
                socket.abort();
                return CompletableFuture.completedFuture(null);
            }
            long left = Math.min(until, begun + Bounds.HEARTBEAT) - Timeline.now();
            return CompletableFuture.anyOf(pause(Math.max(0, left)), socket.closed());
        }).thenCompose(paused -> presentUntil(until));
    }

    private CompletableFuture<Boolean> ping(AgentSocket socket) {
        Fact sign = log.begin(Kind.SIGN, socket.replica);
        return socket.ping().completeOnTimeout(false, patience, TimeUnit.MILLISECONDS).thenApply(heard -> {
            sign.end(heard, heard ? "pong" : "no pong");
            return heard;
        });
    }

    private CompletableFuture<Void> reopen() {
        int hint = leaveBehind();
        return (hint < 0 ? pause(0) : pause(backOff(hint))).thenCompose(paused -> open(replica()))
                .thenCompose(opened -> {
                    if (opened) {
                        served();
                    } else {
                        turnAway();
                    }
                    return pause(opened ? 0 : backOff(0));
                });
    }

    /** @return the seconds after which it shall come back, or -1 where there was no socket */
    private synchronized int leaveBehind() {
        if (current == null) {
            return -1;
        }
        Closed closed = current.closed().getNow(AgentSocket.BROKEN);
        if (closed.code() != GOING_AWAY) {
            log.begin(Kind.DROP, current.replica, closed.at()).end(false, "closed " + closed.code());
        }
        current = null;
        turnAway();
        return closed.comeBackSeconds();
    }

    private CompletableFuture<Boolean> open(Replica replica) {
        if (isFinished()) {
            return CompletableFuture.completedFuture(false);
        }
        AgentSocket socket = new AgentSocket(log, replica, patience, this::closed);
        synchronized (this) {
            newest = socket;
            all.add(socket);
        }
        return socket.open().thenApply(opened -> {
            if (opened) {
                take(socket);
            }
            return opened;
        });
    }

    private synchronized void take(AgentSocket socket) {
        current = socket;
        if (isFinished()) {
            socket.abort();
        }
    }

    private synchronized AgentSocket current() {
        return current;
    }

    /** Breaks the socket off without a word, as a pulled cable does. */
    CompletableFuture<Void> breakOff() {
        AgentSocket socket = takeCurrent();
        if (socket != null && !isLost(socket)) {
            log.begin(Kind.BREAK, socket.replica).end(true, "broken off");
            socket.abort();
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Whether it is closed already. Where it had broken, that is what the machine did, since it stays away now. */
    private boolean isLost(AgentSocket socket) {
        if (!socket.isClosed()) {
            return false;
        }
        Closed closed = socket.closed().join();
        if (closed.code() == AgentSocket.BROKEN.code()) {
            log.begin(Kind.BREAK, socket.replica, closed.at()).end(true, "had broken");
        }
        return true;
    }

    /** Says goodbye and closes the socket: that the close is answered acknowledges what was said before. */
    CompletableFuture<Void> leave() {
        AgentSocket socket = takeCurrent();
        if (socket == null || isLost(socket)) {
            return CompletableFuture.completedFuture(null);
        }
        Fact goodbye = log.begin(Kind.GOODBYE, socket.replica);
        return socket.leave().completeOnTimeout(false, patience, TimeUnit.MILLISECONDS)
                .thenAccept(left -> {
                    goodbye.end(left, left ? "closed" : "not closed");
                    socket.abort();
                });
    }

    private synchronized AgentSocket takeCurrent() {
        AgentSocket socket = current;
        current = null;
        return socket;
    }

    /** Opens a socket at the other replica while it still has this one, which is left where that works. */
    CompletableFuture<Void> move() {
        AgentSocket old = current();
        if (old == null || old.isClosed()) {
            return CompletableFuture.completedFuture(null);
        }
        return open(otherReplica()).thenAccept(opened -> {
            if (opened) {
                turnAway();
            }
        });
    }

    private synchronized void closed(AgentSocket socket, Closed closed) {
        if (isFinished()) {
            return;
        }
        if (closed.code() == BAD_TOKEN) {
            suffer(Lie.Kind.FALSE_4401, socket);
        } else if (closed.code() == TAKEN_OVER && !isTakenOver(socket)) {
            suffer(Lie.Kind.LIVING_SOCKET_CLOSED_4409, socket);
        }
    }

    private boolean isTakenOver(AgentSocket socket) {
        return all.stream().anyMatch(other -> other != socket && other.opening().begun >= socket.opening().begun
                && (other.isOpened() || other.opening().ended() > Timeline.now() - JUST_BEFORE));
    }

    private void suffer(Lie.Kind kind, AgentSocket socket) {
        log.suffer(kind, "opened " + socket.opening() + (newest == socket ? "" : ", then tried " + newest.opening()));
        // Such a machine does not come back by itself.
        finish();
    }

    @Override
    void finish() {
        super.finish();
        AgentSocket socket = takeCurrent();
        if (socket != null) {
            socket.abort();
        }
    }
}
