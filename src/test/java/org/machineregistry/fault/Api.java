package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The service's API, as its clients see it. */
public final class Api {
    public static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newFixedThreadPool(4, Api::daemon))
            .build();
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Api() {}

    public static HttpRequest.Builder request(Endpoint replica, String path, String credential) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(replica.url() + path)).timeout(PATIENCE);
        return credential == null ? request : request.header("Authorization", "Bearer " + credential);
    }

    public static HttpRequest post(Endpoint replica, String path, String credential, String body) {
        return request(replica, path, credential).header("Content-Type", "application/json")
                .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    static HttpResponse<String> agent(Endpoint replica, String call, String machineToken) {
        return send(post(replica, "/api/agent/" + call, machineToken, null));
    }

    public static int health(Endpoint replica, String kind) {
        return send(request(replica, "/q/health/" + kind, null).build()).statusCode();
    }

    public static void awaitReady(Endpoint replica) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> health(replica, "ready") == 200);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "http-client");
        thread.setDaemon(true);
        return thread;
    }
}
