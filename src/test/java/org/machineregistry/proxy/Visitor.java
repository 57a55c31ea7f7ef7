package org.machineregistry.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A person's browser, and their machine, at one address of the service. */
final class Visitor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final String address;
    private final HttpClient client;
    private String cookie;

    Visitor(String address, TestAuthority authority) {
        this.address = address;
        this.client = HttpClient.newBuilder().sslContext(authority.trustingClient()).build();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build(), BodyHandlers.ofString());
    }

    /** As a browser does: with where its page is from. */
    HttpResponse<String> post(String path, String body) {
        URI page = URI.create(address);
        HttpRequest.Builder request = request(path).header("Origin", page.getScheme() + "://" + page.getAuthority());
        return send((body == null
                ? request.POST(BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body))).build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> startSession() {
        HttpResponse<String> session = post("/api/sessions", null);
        cookie = session.headers().firstValue("Set-Cookie").map(set -> set.split(";", 2)[0]).orElse(null);
        return session;
    }

    HttpResponse<String> asMachine(String call, String token) {
        return send(HttpRequest.newBuilder(URI.create(address + "/api/agent/" + call)).timeout(PATIENCE)
                .header("Authorization", "Bearer " + token).POST(BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }

    /** The first bytes of the live list, which a proxy must not hold back. */
    String beginningOfEvents() throws IOException {
        HttpResponse<InputStream> events = send(request("/api/machines/events").build(), BodyHandlers.ofInputStream());
        try (InputStream stream = events.body()) {
            return new String(stream.readNBytes("event: snapshot".length() - 1));
        }
    }

    /** What the service says first to a machine that connects with a socket. */
    String firstWordOnSocket(String token) throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder().header("Authorization", "Bearer " + token)
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create(address.replaceFirst("^http", "ws") + "/api/agent/socket"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                                said.complete(text.toString());
                                return null;
                            }
                        })
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try {
            socket.sendText("{\"type\":\"connect\"}", true);
            return said.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            socket.abort();
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }
}
