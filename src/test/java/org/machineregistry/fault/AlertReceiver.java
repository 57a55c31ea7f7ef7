package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

import javax.net.ssl.SSLContext;

import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** A server that alerts are sent to as Standard Webhooks. It can go away, and keep who sends waiting for its answer. */
final class AlertReceiver implements AutoCloseable {
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
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        messages.add(new Message(exchange.getRequestHeaders().getFirst("webhook-id"), System.nanoTime(),
                Api.json(body).at("/data/machines")));
        try {
            answers.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    /** What was told of this machine, in order. */
    List<Message> of(Registered machine) {
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
