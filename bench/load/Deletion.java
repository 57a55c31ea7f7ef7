import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Open sockets whose machines are deleted. They are read by one thread without a library, because a fleet has processors of its own, and
 * this one shares those of the service.
 */
class Deletion {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);
    private static final int TOKEN_NO_LONGER_GOOD = 4401;

    private final Selector selector = Selector.open();
    private final ByteBuffer some = ByteBuffer.allocate(4_096);
    private int told;
    private int ended;

    private Deletion() throws IOException {}

    /**
     * deletion PORT OTHER_PORT SOCKETS JWT: opens them, half at each replica, and when its input has ended deletes all of the JWT's
     * machines at the first in one request. It prints how many were closed with 4401, and the milliseconds from the request to its
     * answer and to the end of the last connection.
     */
    static void run(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int otherPort = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        Deletion deletion = new Deletion();
        for (int machine = 0; machine < count; machine++) {
            deletion.open(machine % 2 == 0 ? port : otherPort, machine);
            deletion.selector.selectNow(deletion::read);
        }
        // The first request of a client takes longer than the deletion.
        HttpClient person = HttpClient.newHttpClient();
        person.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).build(), BodyHandlers.ofString());
        CompletableFuture<Void> go = CompletableFuture.runAsync(Deletion::awaitEndOfInput);
        while (!go.isDone()) {
            deletion.selector.select(deletion::read, 10);
        }
        long asked = System.nanoTime();
        CompletableFuture<Long> answered = delete(person, port, count, arguments[3]).thenApply(answer -> {
            System.err.println(answer.statusCode() + " " + answer.body());
            return System.nanoTime() - asked;
        });
        while (deletion.ended < count && System.nanoTime() - asked < PATIENCE) {
            deletion.selector.select(deletion::read, 1_000);
        }
        long last = System.nanoTime() - asked;
        System.out.printf("%d %d %d%n", deletion.told, TimeUnit.NANOSECONDS.toMillis(answered.get()), TimeUnit.NANOSECONDS.toMillis(last));
    }

    private static void awaitEndOfInput() {
        try {
            System.in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static CompletableFuture<HttpResponse<String>> delete(HttpClient person, int port, int count, String jwt) {
        return person.sendAsync(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/machines?owner=me&expect=" + count))
                .header("Authorization", "Bearer " + jwt).DELETE().build(), BodyHandlers.ofString());
    }

    private void open(int port, int machine) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.write(AgentSocket.handshake(machine));
        some.clear();
        int head;
        do {
            if (channel.read(some) < 0) {
                throw new IOException("Machine " + machine + " was not let in: " + text());
            }
            head = text().indexOf("\r\n\r\n") + 4;
        } while (head < 4);
        if (!text().startsWith("HTTP/1.1 101")) {
            throw new IOException("Machine " + machine + " was not let in: " + text());
        }
        hear(some.flip().position(head), channel);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    private String text() {
        return new String(some.array(), 0, some.position(), StandardCharsets.US_ASCII);
    }

    private void read(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            some.clear();
            if (channel.read(some) < 0) {
                channel.close();
                ended++;
            } else {
                hear(some.flip(), channel);
            }
        } catch (IOException broken) {
            key.cancel();
            ended++;
        }
    }

    private void hear(ByteBuffer frames, SocketChannel channel) throws IOException {
        AgentSocket.Closed closed = AgentSocket.hear(frames, channel);
        told += closed != null && closed.code() == TOKEN_NO_LONGER_GOOD ? 1 : 0;
    }
}
