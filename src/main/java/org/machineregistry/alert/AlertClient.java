package org.machineregistry.alert;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Sends messages to the receiver, one at a time, each on a connection of its own. What the receiver says back is not read. */
final class AlertClient {
    static final long TIMEOUT_MILLIS = 10_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int CLIENT_ERRORS = 400;

    private final AlertSettings settings;
    private final HttpClient http;

    /** @param options which certificates are trusted, and which is shown */
    AlertClient(AlertSettings settings, HttpClientOptions options, Vertx vertx) {
        this.settings = settings;
        this.http = vertx.createHttpClient(options
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setKeepAlive(false)
                .setMaxPoolSize(1));
    }

    /** Blocks. @throws IOException saying why the receiver has not taken it, as far as is known */
    void send(AlertRequest request) throws IOException, InterruptedException {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Future<HttpClientRequest> begun = http.request(options(request))
                .onSuccess(opened -> send(opened, request, status))
                .onFailure(status::completeExceptionally);
        try {
            check(await(status));
        } finally {
            // A connection that opens later than that is sent nothing.
            status.cancel(false);
            // Its answer may have no end, and the next message needs the connection's place.
            begun.onSuccess(opened -> opened.connection().close());
        }
    }

    private RequestOptions options(AlertRequest request) {
        URI url = request.url() == null ? settings.url() : request.url();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .setTimeout(TIMEOUT_MILLIS);
        request.headers().forEach(options::putHeader);
        options.putHeader("User-Agent", "machine-registry");
        if (settings.secret() != null && settings.format() != AlertFormat.STANDARD) {
            options.putHeader("Authorization", "Bearer " + settings.secret());
        }
        return options;
    }

    private static void send(HttpClientRequest opened, AlertRequest request, CompletableFuture<Integer> status) {
        if (!status.isDone()) {
            // Vert.x would log each time that what came is no HTTP.
            opened.connection().exceptionHandler(status::completeExceptionally);
            opened.response().onSuccess(response -> status.complete(response.statusCode()))
                    .onFailure(status::completeExceptionally);
            opened.end(Buffer.buffer(request.body())).onFailure(status::completeExceptionally);
        }
    }

    private static int await(CompletableFuture<Integer> status) throws IOException, InterruptedException {
        try {
            return status.get(TIMEOUT_MILLIS + CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(FailureText.NO_ANSWER, late);
        } catch (ExecutionException failed) {
            throw new IOException(FailureText.of(failed.getCause()), failed.getCause());
        }
    }

    private static void check(int answered) throws IOException {
        if (answered >= REDIRECTS && answered < CLIENT_ERRORS) {
            // The address that it leads to may be a secret, too, and is not said.
            throw new IOException(
                    "it answered " + answered + ", and redirects are not followed: set alerts.url to where it"
                            + " leads");
        }
        if (answered < OK || answered >= REDIRECTS) {
            throw new IOException("it answered " + answered);
        }
    }
}
