package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * A server that alerts are sent to as Standard Webhooks. It takes only what is signed with its key, as libraries of Standard Webhooks
 * do, and whoever asks for what arrived fails where something else came. It can go away, and keep who sends waiting for its answer.
 */
final class AlertReceiver implements AutoCloseable {
    /** The key that messages are signed with, as a receiver shows it to who sends. */
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ALGORITHM = "HmacSHA256";
    /** How old a message may be: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. */
    private static final long OLDEST_SECONDS = 300;

    /** @param at of {@link System#nanoTime()} */
    record Message(String id, long at, JsonNode machines) {
        JsonNode of(String machineId) {
            return StreamSupport.stream(machines.spliterator(), false)
                    .filter(machine -> machine.get("machineId").textValue().equals(machineId)).findFirst().orElse(null);
        }

        /** The status that it tells of, with the reason where that is offline. */
        String told(String machineId) {
            JsonNode machine = of(machineId);
            return machine.get("status").textValue().equals("online")
                    ? "back"
                    : machine.get("offlineReason").textValue();
        }
    }

    private final int port = Ports.free();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SSLContext tls;
    private HttpServer server;
    private volatile CountDownLatch answers = new CountDownLatch(0);

    AlertReceiver() {
        comeBack();
    }

    /** @param tls with what it shows who it is */
    AlertReceiver(SSLContext tls) {
        this.tls = tls;
        comeBack();
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port + "/alerts";
    }

    /** From now on it takes messages and does not answer. */
    void holdAnswers() {
        answers = new CountDownLatch(1);
    }

    void answer() {
        answers.countDown();
    }

    void goAway() {
        server.stop(0);
    }

    void comeBackWith(SSLContext other) {
        tls = other;
        comeBack();
    }

    void comeBack() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            server = tls == null ? HttpServer.create(address, 0) : overTls(HttpsServer.create(address, 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/alerts", this::take);
        server.start();
    }

    private HttpsServer overTls(HttpsServer created) {
        created.setHttpsConfigurator(new HttpsConfigurator(tls));
        return created;
    }

    private void take(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String wrong = wrongWith(headers, body);
        if (wrong == null) {
            messages.add(new Message(headers.getFirst("webhook-id"), System.nanoTime(),
                    Api.json(new String(body, StandardCharsets.UTF_8)).at("/data/machines")));
            awaitAnswers();
        } else {
            refused.add(wrong);
        }
        exchange.sendResponseHeaders(wrong == null ? 204 : 401, -1);
        exchange.close();
    }

    private void awaitAnswers() {
        try {
            answers.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return null where the message is signed as it should be */
    private static String wrongWith(Headers headers, byte[] body) {
        String id = headers.getFirst("webhook-id");
        String timestamp = headers.getFirst("webhook-timestamp");
        String signature = headers.getFirst("webhook-signature");
        if (id == null || timestamp == null || signature == null) {
            return "a message without a signature: " + headers.entrySet();
        }
        if (!signature.equals(sign(id, timestamp, body))) {
            return "the signature " + signature + " of " + id + '.' + timestamp + '.'
                    + new String(body, StandardCharsets.UTF_8);
        }
        long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
        return Math.abs(age) <= OLDEST_SECONDS ? null : "a message of " + age + " seconds ago";
    }

    private static String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), ALGORITHM));
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, impossible);
        }
    }

    /** What was told of this machine, in order. */
    List<Message> of(Registered machine) {
        assertEquals(List.of(), refused, "what arrived, and was not signed as it should be");
        return messages.stream().filter(message -> message.of(machine.machineId()) != null).toList();
    }

    List<String> told(Registered machine) {
        return of(machine).stream().map(message -> message.told(machine.machineId())).toList();
    }

    @Override
    public void close() {
        answer();
        server.stop(0);
        threads.shutdownNow();
    }
}
