package org.machineregistry.fault;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

/** A machine whose open socket is its presence. Sent away, or broken off, it goes to the next replica by itself. */
final class SocketMachine implements WebSocket.Listener, AutoCloseable {
    private static final Pattern DELAY_HINT = Pattern.compile("Come back after seconds: (\\d+)");

    /** @param at of {@link System#nanoTime()} */
    record Closed(int code, String reason, long at) {
        /** After how long the machine is asked to come back; 0 where it is not. */
        long delayMillis() {
            Matcher hint = DELAY_HINT.matcher(reason);
            return code == 1001 && hint.find() ? TimeUnit.SECONDS.toMillis(Integer.parseInt(hint.group(1))) : 0;
        }
    }

    final Registered machine;
    private final List<Endpoint> replicas;
    private final ScheduledExecutorService clock;
    private final List<Closed> closings = new CopyOnWriteArrayList<>();
    private final List<Long> openings = new CopyOnWriteArrayList<>();
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private volatile WebSocket socket;
    private volatile int refused;
    private volatile boolean finished;
    private int turn;

    /** @param replicas the first one first; with one alone it never goes elsewhere */
    SocketMachine(Registered machine, ScheduledExecutorService clock, Endpoint... replicas) {
        this.machine = machine;
        this.clock = clock;
        this.replicas = List.of(replicas);
    }

    SocketMachine open() {
        Endpoint replica = replicas.get(turn++ % replicas.size());
        builder(machine).buildAsync(uri(replica), this)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        refuse(failure);
                    }
                });
        return this;
    }

    /** Opens a socket that reads nothing of what the service says, and so never answers its close. */
    static WebSocket openDeaf(Registered machine, Endpoint replica) {
        WebSocket.Listener deaf = new WebSocket.Listener() {
            @Override
            public void onOpen(WebSocket socket) {
                // Asks for no message.
            }
        };
        return builder(machine).buildAsync(uri(replica), deaf).join();
    }

    private static WebSocket.Builder builder(Registered machine) {
        return Api.HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + machine.token())
                .connectTimeout(Duration.ofSeconds(2));
    }

    private static URI uri(Endpoint replica) {
        return URI.create(replica.url().replace("http", "ws") + "/api/agent/socket");
    }

    private void refuse(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException handshake) {
            refused = handshake.getResponse().statusCode();
        }
        comeBack(200 + ThreadLocalRandom.current().nextInt(400));
    }

    SocketMachine send(String frame) {
        socket.sendText(frame, true);
        return this;
    }

    /** Breaks the connection without a word, as a pulled cable does. */
    void breakOff() {
        finished = true;
        socket.abort();
    }

    List<Closed> closings() {
        return closings;
    }

    /** By {@link System#nanoTime()}. */
    List<Long> openings() {
        return openings;
    }

    List<String> frames() {
        return frames;
    }

    int refused() {
        return refused;
    }

    Closed awaitClose(Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(10)).until(() -> !closings.isEmpty());
        return closings.get(0);
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        openings.add(System.nanoTime());
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        frames.add(data.toString());
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket closed, int code, String reason) {
        closings.add(new Closed(code, reason, System.nanoTime()));
        if (code == 4401 || code == 4409) {
            finished = true;
        }
        long delay = closings.get(closings.size() - 1).delayMillis();
        comeBack(delay > 0 ? delay : 200 + ThreadLocalRandom.current().nextInt(400));
        return null;
    }

    @Override
    public void onError(WebSocket broken, Throwable failure) {
        closings.add(new Closed(1006, failure.toString(), System.nanoTime()));
        comeBack(200 + ThreadLocalRandom.current().nextInt(400));
    }

    private void comeBack(long millis) {
        if (!finished) {
            clock.schedule(() -> finished ? null : open(), millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        finished = true;
        if (socket != null) {
            socket.abort();
        }
    }
}
