import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a rate that no answer slows down. The time of each counts from when it was due, not from when a connection was free for
 * it: an answer that is late makes those behind it late as well, as it would for clients that do not know of each other. wrk waits for
 * one answer before it asks again, and so leaves out what a pause did to the others ("coordinated omission").
 *
 * <p>It is one thread that allocates nothing on the way, so that it costs the service little of the processor and never stops to
 * collect garbage. What it is late by itself, about a tenth of a millisecond, counts as well.
 */
final class Pace {
    private static final long LONGEST_NAP = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int LARGEST_ANSWER = 1 << 18;

    private final ByteBuffer[] requests;
    private final double nanosBetween;
    private final int warmCount;
    private final long[] times;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private int sent;
    private int answered;
    private int failed;

    private Pace(ByteBuffer[] requests, int rate, int warmSeconds, int seconds) {
        this.requests = requests;
        nanosBetween = 1e9 / rate;
        warmCount = rate * warmSeconds;
        times = new long[rate * seconds];
    }

    /**
     * pace PORT CONNECTIONS WARM_SECONDS SECONDS RATE METHOD PATH MACHINES [JWT]: prints how many were refused or never answered, and
     * p50, p99 and p99.9 in milliseconds, without the first WARM_SECONDS. As machines, in turn, or where that is 0 with the JWT.
     */
    static void run(String[] arguments) throws IOException {
        int machines = Integer.parseInt(arguments[7]);
        ByteBuffer[] requests = new ByteBuffer[Math.max(1, machines)];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request(arguments[5], arguments[6], machines == 0 ? arguments[8] : Load.token(i));
        }
        Pace pace = new Pace(requests, Integer.parseInt(arguments[4]), Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        pace.run(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), Integer.parseInt(arguments[1]));
        pace.print();
    }

    private static ByteBuffer request(String method, String path, String token) {
        byte[] bytes = (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + (method.equals("POST") ? "\r\nContent-Length: 0" : "") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private void run(InetSocketAddress service, int connections) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                idle.add(new Connection(service, selector));
            }
            int all = warmCount + times.length;
            long start = System.nanoTime();
            long end = start + (long) (all * nanosBetween) + PATIENCE;
            while (answered < all && System.nanoTime() < end) {
                sendWhatIsDue(all, start);
                if (selector.selectNow(this::read) == 0) {
                    LockSupport.parkNanos(LONGEST_NAP);
                }
            }
            failed += all - answered;
        }
    }

    private void sendWhatIsDue(int all, long start) throws IOException {
        long now = System.nanoTime();
        while (sent < all && !idle.isEmpty()) {
            long due = start + (long) (sent * nanosBetween);
            if (due > now) {
                return;
            }
            idle.poll().send(requests[sent % requests.length], sent - warmCount, due);
            sent++;
        }
    }

    private void read(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (connection.isAnswered()) {
                answered++;
                failed += connection.isRefused() ? 1 : 0;
                if (connection.number >= 0) {
                    times[connection.number] = System.nanoTime() - connection.due;
                }
                connection.answer.clear();
                idle.add(connection);
            }
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private void print() {
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%d %.2f %.2f %.2f%n", failed, millis(0.5), millis(0.99), millis(0.999));
    }

    private double millis(double part) {
        return times[(int) Math.min(times.length - 1, times.length * part)] / 1e6;
    }

    /** One request at a time. */
    private static final class Connection {
        private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
        private static final int STATUS_AT = "HTTP/1.1 ".length();

        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_ANSWER);
        private int number;
        private long due;

        Connection(InetSocketAddress service, Selector selector) throws IOException {
            channel = SocketChannel.open(service);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(ByteBuffer request, int number, long due) throws IOException {
            this.number = number;
            this.due = due;
            request.rewind();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("A request does not fit into an empty socket");
            }
        }

        /** Reads what is there. */
        boolean isAnswered() throws IOException {
            if (channel.read(answer) < 0) {
                throw new EOFException("The service closed a connection");
            }
            int headEnd = find(HEAD_END, answer.position());
            return headEnd >= 0 && answer.position() >= headEnd + HEAD_END.length + bodyLength(headEnd);
        }

        boolean isRefused() {
            return answer.get(STATUS_AT) != '2';
        }

        private int bodyLength(int headEnd) throws IOException {
            int at = find(LENGTH, headEnd);
            if (at < 0) {
                throw new IOException("An answer without a length");
            }
            int length = 0;
            for (int i = at + LENGTH.length; answer.get(i) != '\r'; i++) {
                length = answer.get(i) == ' ' ? length : length * 10 + answer.get(i) - '0';
            }
            return length;
        }

        private int find(byte[] sought, int end) {
            for (int at = 0; at + sought.length <= end; at++) {
                int same = 0;
                while (same < sought.length && lower(answer.get(at + same)) == sought[same]) {
                    same++;
                }
                if (same == sought.length) {
                    return at;
                }
            }
            return -1;
        }

        private static int lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? letter + 'a' - 'A' : letter;
        }
    }
}
