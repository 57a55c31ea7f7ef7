package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A person with so many machines of so long names that each of their lists is 13 MB, and who asks for them without end. */
public final class LargeOwner {
    static final int MACHINES = 10_000;
    private static final int IN_ONE_REQUEST = 1_000;
    private static final String NAME = "\uD83D\uDE80".repeat(100);

    final User person;
    private final Replica replica;

    public LargeOwner(Replica replica) {
        this.replica = replica;
        person = User.at(replica);
        String some = "[" + String.join(",", Collections.nCopies(IN_ONE_REQUEST, "{\"name\":\"" + NAME + "\"}")) + "]";
        for (int i = 0; i < MACHINES; i += IN_ONE_REQUEST) {
            HttpResponse<String> answer = Api.send(Api.post(replica, "/api/machines", person.session, some));
            assertEquals(201, answer.statusCode(), answer.body());
        }
    }

    /**
     * Each reads the beginning of its stream, goes, and comes back.
     *
     * @return the status of each answer
     */
    public List<Integer> streams(int count, AtomicBoolean over) {
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(CompletableFuture.runAsync(() -> {
                byte[] some = new byte[64 * 1024];
                while (!over.get()) {
                    try (Socket socket = ask("/api/machines/events")) {
                        socket.setSoTimeout((int) Api.PATIENCE.toMillis());
                        statuses.add(statusOf(socket));
                        for (int read = 0, left = 1_000_000; left > 0 && read >= 0 && !over.get(); left -= read) {
                            read = socket.getInputStream().read(some);
                        }
                    } catch (IOException broken) {
                        // It comes back.
                    }
                }
            }, task -> new Thread(task).start()));
        }
        all.forEach(CompletableFuture::join);
        return statuses;
    }

    /** @throws IOException where there is no answer, too */
    private static int statusOf(Socket socket) throws IOException {
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        if (line.length < "HTTP/1.1 200".length()) {
            throw new EOFException("no answer");
        }
        return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
    }

    /** @return the status of each answer */
    public List<Integer> lists(int atOnce, AtomicBoolean over) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Integer> statuses = new ArrayList<>();
        while (!over.get()) {
            List<CompletableFuture<HttpResponse<Void>>> some = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                some.add(client.sendAsync(Api.request(replica, "/api/machines", person.session).build(),
                        BodyHandlers.discarding()));
            }
            some.forEach(answer -> statuses.add(answer.join().statusCode()));
        }
        return statuses;
    }

    /** @return connections that have asked, and on which nobody has read anything */
    public List<Socket> neverReading(int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(ask(i % 2 == 0 ? "/api/machines" : "/api/machines/events"));
        }
        return sockets;
    }

    private Socket ask(String path) throws IOException {
        Socket socket = new Socket();
        // Not what the operating system would take in its stead.
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), replica.port));
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + person.session + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
