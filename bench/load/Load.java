import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/**
 * Load that wrk cannot make: a fleet that beats as it is told, readers of the live list, crowds that come back, requests at a rate. Machines are
 * those that bench/run put into the database, with the token of {@link #token}. It runs on the service's own libraries.
 */
class Load {
    /** Of a fleet's agents, whose requests wait for one another there: no agent sends one before the last one was answered. */
    private static final int CONNECTIONS = 256;
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    public static void main(String[] arguments) throws Exception {
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case "fleet" -> fleet(rest);
            case "streams" -> streams(rest);
            case "crowd" -> Crowd.run(rest);
            case "deletion" -> Deletion.run(rest);
            case "pace" -> Pace.run(rest);
            default -> throw new IllegalArgumentException("fleet, streams, crowd, deletion or pace");
        }
        System.exit(0);
    }

    static String token(int machine) {
        return String.format("bench-machine-%07d:bench-secret-of-machine-%07d", machine, machine);
    }

    /**
     * fleet PORT MACHINES SECONDS ASSISTANTS SPREAD: every machine tells its assistants at some time within the first SPREAD seconds,
     * beats, and beats again when it was told to.
     */
    private static void fleet(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int machines = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        int assistants = Integer.parseInt(arguments[3]);
        int spreadMillis = Integer.parseInt(arguments[4]) * 1_000;
        String connect = assistants == 0 ? null : assistants(assistants);
        HttpClient client = VERTX.createHttpClient(new HttpClientOptions().setDefaultPort(port).setMaxWaitQueueSize(-1),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        AtomicLong beats = new AtomicLong();
        AtomicLong errors = new AtomicLong();
        AtomicLong told = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        VERTX.runOnContext(start -> {
            for (int machine = 0; machine < machines; machine++) {
                int number = machine;
                VERTX.setTimer(1 + ThreadLocalRandom.current().nextInt(spreadMillis),
                        timer -> call(client, "connect", connect, number, end, beats, errors, told));
            }
        });
        while (System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(10);
            System.err.printf("%d beats, %d errors, told %d s%n", beats.get(), errors.get(), told.get());
        }
        System.out.printf("%d %d %d%n", beats.get(), errors.get(), told.get());
    }

    private static String assistants(int count) {
        List<String> assistants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assistants.add("{\"id\":\"assistant-" + i + "\",\"state\":\"idle\"}");
        }
        return "{\"assistants\":[" + String.join(",", assistants) + "]}";
    }

    private static void call(HttpClient client, String call, String body, int machine, long end, AtomicLong beats,
            AtomicLong errors, AtomicLong told) {
        if (System.nanoTime() > end) {
            return;
        }
        client.request(HttpMethod.POST, "/api/agent/" + call)
                .map(request -> request.putHeader("Authorization", "Bearer " + token(machine))
                        .putHeader("Content-Type", "application/json"))
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body().map(answer -> response.statusCode() == 200
                        ? answer.toJsonObject().getInteger("heartbeatSeconds") : -response.statusCode()))
                .onComplete(result -> {
                    beats.incrementAndGet();
                    int heartbeatSeconds = result.succeeded() ? result.result() : -1;
                    if (heartbeatSeconds < 0) {
                        errors.incrementAndGet();
                        heartbeatSeconds = 5;
                    } else {
                        told.set(heartbeatSeconds);
                    }
                    boolean isTaken = result.succeeded() && result.result() > 0;
                    VERTX.setTimer(heartbeatSeconds * 1_000L, timer -> call(client, isTaken ? "heartbeat" : call,
                            isTaken ? null : body, machine, end, beats, errors, told));
                });
    }

    /** streams READ_PORT WRITE_PORT JWT STREAMS CHANGES: milliseconds from a request to its event at every reader; p50 and p99. */
    private static void streams(String[] arguments) throws Exception {
        int readPort = Integer.parseInt(arguments[0]);
        int writePort = Integer.parseInt(arguments[1]);
        int streams = Integer.parseInt(arguments[3]);
        int changes = Integer.parseInt(arguments[4]);
        HttpClient readers = VERTX.createHttpClient(new HttpClientOptions().setDefaultPort(readPort),
                new PoolOptions().setHttp1MaxSize(streams + 1));
        HttpClient writer = VERTX.createHttpClient(new HttpClientOptions().setDefaultPort(writePort));
        // An earlier measure may have left it online, and a heartbeat would change nothing.
        post(writer, "/api/agent/disconnect");
        AtomicLong sentAt = new AtomicLong();
        AtomicInteger ready = new AtomicInteger();
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            readers.request(new RequestOptions().setURI("/api/machines/events").putHeader("Authorization", "Bearer " + arguments[2]))
                    .compose(request -> request.send()).onSuccess(response -> response.handler(chunk -> {
                        String text = chunk.toString();
                        if (text.contains("snapshot")) {
                            ready.incrementAndGet();
                        } else if (sentAt.get() != 0 && text.contains("event:machine")) {
                            delays.add(System.nanoTime() - sentAt.get());
                        }
                    })).onFailure(Throwable::printStackTrace);
        }
        while (ready.get() < streams) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        for (int i = 0; i < changes; i++) {
            sentAt.set(System.nanoTime());
            post(writer, i % 2 == 0 ? "/api/agent/heartbeat" : "/api/agent/disconnect");
            int expected = (i + 1) * streams;
            for (int wait = 0; wait < 100 && delays.size() < expected; wait++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("%d %d %d %d%n", sorted.length, streams * changes, millis(sorted, 0.5), millis(sorted, 0.99));
    }

    private static void post(HttpClient client, String path) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        client.request(HttpMethod.POST, path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + token(0)).send())
                .compose(response -> response.body()).onComplete(done -> answered.countDown());
        answered.await();
    }

    private static long millis(long[] sorted, double part) {
        return TimeUnit.NANOSECONDS.toMillis(sorted[(int) Math.min(sorted.length - 1, sorted.length * part)]);
    }
}
