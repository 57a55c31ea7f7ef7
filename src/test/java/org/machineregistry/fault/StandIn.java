package org.machineregistry.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

import org.machineregistry.Ports;

/** Stands where the agent looks for the service: says what a test wants, or hands on to the service itself. */
final class StandIn implements AutoCloseable {
    private interface Conduct {
        void serve(Socket client) throws IOException, InterruptedException;
    }

    private static final long BYTE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServerSocket server;
    private final String scheme;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Conduct conduct = client -> read(client.getInputStream());

    private StandIn(String scheme, ServerSocketFactory factory) throws IOException {
        this.scheme = scheme;
        server = factory.createServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
        ProxiedConnection.run(this::accept);
    }

    /** Says nothing, until it is told what to say. */
    static StandIn overHttp() throws IOException {
        return new StandIn("http", ServerSocketFactory.getDefault());
    }

    static StandIn overTls(SSLContext context) throws IOException {
        return new StandIn("https", context.getServerSocketFactory());
    }

    String address() {
        return scheme + "://127.0.0.1:" + server.getLocalPort();
    }

    /** The heads of the requests that it read. */
    List<String> requests() {
        return requests;
    }

    /** Says this from now on, whatever it is asked. */
    void answer(String answer) {
        conduct = client -> {
            requests.add(read(client.getInputStream()));
            client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            client.close();
        };
    }

    /** @return how much of it the first client was sent, once that one has gone */
    CompletableFuture<Long> answerWithoutEnd(String head) {
        byte[] more = "x".repeat(65_536).getBytes(StandardCharsets.ISO_8859_1);
        CompletableFuture<Long> sent = new CompletableFuture<>();
        conduct = client -> {
            requests.add(read(client.getInputStream()));
            OutputStream out = client.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            long bytes = 0;
            try {
                while (!server.isClosed()) {
                    out.write(more);
                    bytes += more.length;
                }
            } finally {
                sent.complete(bytes);
            }
        };
        return sent;
    }

    /** From now on it begins an answer and never ends its head, of which each byte comes by itself. */
    void answerSlowly() {
        conduct = client -> {
            requests.add(read(client.getInputStream()));
            OutputStream out = client.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
            while (!server.isClosed()) {
                out.write('x');
                TimeUnit.NANOSECONDS.sleep(BYTE_EVERY_NANOS);
            }
        };
    }

    /** From now on it says nothing. */
    void sayNothing() {
        conduct = client -> requests.add(read(client.getInputStream()));
    }

    void handOn(Replica replica) {
        conduct = client -> {
            try (Socket service = new Socket(InetAddress.getLoopbackAddress(), replica.port)) {
                ProxiedConnection.run(() -> client.getInputStream().transferTo(service.getOutputStream()));
                service.getInputStream().transferTo(client.getOutputStream());
            } finally {
                client.close();
            }
        };
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            open.add(client);
            Conduct now = conduct;
            ProxiedConnection.run(() -> now.serve(client));
        }
    }

    /** Reads a head and its body. @return the head */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        for (String line : text.split("\r\n")) {
            if (line.startsWith("Content-Length: ")) {
                in.readNBytes(Integer.parseInt(line.substring("Content-Length: ".length())));
            }
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
