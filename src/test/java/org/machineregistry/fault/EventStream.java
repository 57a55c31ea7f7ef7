package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** A stream of server-sent events of a user's machines, which comes back as a browser does. */
public final class EventStream implements AutoCloseable {
    private static final int COMES_BACK_AFTER_MILLIS = 200;

    /** Hears of all of it on the stream's own thread. */
    public interface Listener {
        void onOpen();

        void onEvent(String type, JsonNode data);

        void onClose();
    }

    private final Endpoint replica;
    private final User user;
    private final String query;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "event-stream");
    private volatile boolean closed;
    private String event;

    public EventStream(Endpoint replica, User user, Listener listener) {
        this(replica, user, "", listener);
    }

    /** @param query which machines it shows */
    EventStream(Endpoint replica, User user, String query, Listener listener) {
        this.query = query;
        this.replica = replica;
        this.user = user;
        this.listener = listener;
        thread.setDaemon(true);
    }

    public EventStream start() {
        thread.start();
        return this;
    }

    private void run() {
        while (!closed) {
            try {
                HttpResponse<Stream<String>> answer = Api.HTTP.send(
                        Api.request(replica, "/api/machines/events" + query, user.session).build(),
                        BodyHandlers.ofLines());
                read(answer);
            } catch (IOException | UncheckedIOException broken) {
                // It comes back.
            } catch (InterruptedException stopping) {
                return;
            }
            pause();
        }
    }

    private void read(HttpResponse<Stream<String>> answer) {
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() == 200) {
                listener.onOpen();
                lines.forEach(this::line);
            }
        } finally {
            listener.onClose();
        }
    }

    private void line(String line) {
        if (line.startsWith("event:")) {
            event = line.substring("event:".length()).trim();
        } else if (line.startsWith("data:")) {
            listener.onEvent(event, Api.json(line.substring("data:".length())));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(COMES_BACK_AFTER_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
