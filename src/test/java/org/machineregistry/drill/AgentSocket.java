package org.machineregistry.drill;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.machineregistry.drill.Fact.Kind;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.Replica;

/** One socket of a machine, from its handshake to its end. */
final class AgentSocket implements WebSocket.Listener {
    /** The answer of a socket that was opened, and closed again because nothing said that it counts. */
    static final String NOT_CONNECTED = "socket open and not connected";
    static final Closed BROKEN = new Closed(1006, 0, 0);
    private static final Pattern DELAY_HINT = Pattern.compile("Come back after seconds: (\\d+)");
    private static final int NORMAL = 1000;

    /** @param code 1006 where nothing was said */
    record Closed(int code, int comeBackSeconds, long at) {}

    final Replica replica;
    private final MachineLog log;
    private final long patience;
    private final Fact opening;
    private final BiConsumer<AgentSocket, Closed> whenClosed;
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private volatile CompletableFuture<Boolean> pong = new CompletableFuture<>();
    private volatile boolean givenUp;
    private volatile WebSocket socket;
    private volatile Fact held;

    AgentSocket(MachineLog log, Replica replica, long patience, BiConsumer<AgentSocket, Closed> whenClosed) {
        this.log = log;
        this.replica = replica;
        this.patience = patience;
        this.whenClosed = whenClosed;
        this.opening = log.begin(Kind.SIGN, replica);
    }

    Fact opening() {
        return opening;
    }

    CompletableFuture<Closed> closed() {
        return closed;
    }

    /** Whether its handshake was answered, so that the machine had it. */
    boolean isOpened() {
        return socket != null;
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Opens it and says connect. @return whether the service said that it is connected */
    CompletableFuture<Boolean> open() {
        URI address = URI.create(replica.url().replace("http", "ws") + "/api/agent/socket");
        return Api.HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + log.machine.token())
                .connectTimeout(Duration.ofMillis(patience))
                .buildAsync(address, this)
                .thenCompose(opened -> opened.sendText("{\"type\":\"connect\"}", true))
                .thenCompose(sent -> connected
                        .completeOnTimeout(false, patience, TimeUnit.MILLISECONDS))
                .handle((isConnected, failure) -> {
                    boolean served = failure == null && isConnected && !isClosed();
                    opening.end(served, served ? "connected" : status(failure));
                    if (!served) {
                        abort();
                    }
                    return served;
                });
    }

    private static String status(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException refused
                ? "socket " + refused.getResponse().statusCode()
                : cause == null ? NOT_CONNECTED : "socket not open: " + cause;
    }

    CompletableFuture<Boolean> ping() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        pong = answer;
        closed.thenAccept(end -> answer.complete(false));
        socket.sendPing(ByteBuffer.allocate(0)).exceptionally(failure -> {
            answer.complete(false);
            return null;
        });
        return answer;
    }

    /** @return whether the service answered the close */
    CompletableFuture<Boolean> leave() {
        return socket.sendText("{\"type\":\"disconnect\"}", true)
                .thenCompose(sent -> socket.sendClose(NORMAL, ""))
                .thenCompose(sent -> closed)
                .handle((end, failure) -> failure == null && end.code == NORMAL);
    }

    /** Breaks it off, or gives it up. */
    void abort() {
        givenUp = true;
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end(new Closed(BROKEN.code, 0, Timeline.now()));
    }

    private void end(Closed how) {
        boolean first = closed.complete(how);
        Fact whole = held;
        if (first && whole != null) {
            // The service may have had a sign of it up to this moment, such as the answer to its own ping.
            whole.end(false, "open until then");
        }
        if (first && how.code != BROKEN.code) {
            whenClosed.accept(this, how);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        held = log.begin(Kind.HELD, replica);
        opened.request(Long.MAX_VALUE);
        if (givenUp) {
            abort();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        connected.complete(true);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pong.complete(true);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        Matcher hint = DELAY_HINT.matcher(reason);
        end(new Closed(code, hint.find() ? Integer.parseInt(hint.group(1)) : 0, Timeline.now()));
        return null;
    }

    @Override
    public void onError(WebSocket broken, Throwable failure) {
        end(new Closed(BROKEN.code, 0, Timeline.now()));
    }
}
