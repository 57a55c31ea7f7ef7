package org.machineregistry.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** One connection of a service to the database, through the proxy. */
final class ProxiedConnection {
    enum Direction {
        REQUESTS, ANSWERS
    }

    /** @param bytes what was read at once; nothing where the other side said that it is done */
    private record Transfer(byte[] bytes, long dueNanos) {}

    interface Work {
        void run() throws IOException, InterruptedException;
    }

    private final DatabaseProxy proxy;
    private final Socket service;
    private final Socket database = new Socket();
    private volatile boolean lostAnswers;

    ProxiedConnection(DatabaseProxy proxy, Socket service) {
        this.proxy = proxy;
        this.service = service;
    }

    void start(InetSocketAddress address) {
        try {
            database.connect(address);
            // Held back until the last piece is acknowledged, a question would take 40 ms longer than without the proxy.
            service.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
        } catch (IOException databaseIsDown) {
            end();
            return;
        }
        pump(service, database, Direction.REQUESTS);
        pump(database, service, Direction.ANSWERS);
    }

    boolean hasLostAnswers() {
        return lostAnswers;
    }

    /** Ends it as a host does that is there but has no such server. */
    void reset() {
        linger(service);
        linger(database);
        end();
    }

    private static void linger(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException ended) {
            // It was closed just then.
        }
    }

    private void end() {
        close(service);
        close(database);
        proxy.ended(this);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ended) {
            // It is closed all the same.
        }
    }

    /** Reads as fast as it comes, whatever the delay: latency is no lack of bandwidth. */
    private void pump(Socket from, Socket to, Direction direction) {
        BlockingQueue<Transfer> underWay = new LinkedBlockingQueue<>();
        run(() -> read(from, underWay, direction));
        run(() -> write(underWay, to, direction));
    }

    private void read(Socket from, BlockingQueue<Transfer> underWay, Direction direction) throws IOException {
        byte[] buffer = new byte[16_384];
        try (InputStream in = from.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (proxy.isReset()) {
                    reset();
                } else if (proxy.isLost(direction)) {
                    lostAnswers = true;
                } else {
                    underWay.add(new Transfer(Arrays.copyOf(buffer, length), due(direction)));
                }
            }
        } finally {
            underWay.add(new Transfer(new byte[0], due(direction)));
        }
    }

    private long due(Direction direction) {
        return System.nanoTime() + proxy.delayNanos(direction);
    }

    private void write(BlockingQueue<Transfer> underWay, Socket to, Direction direction)
            throws IOException, InterruptedException {
        try (OutputStream out = to.getOutputStream()) {
            Transfer transfer = underWay.take();
            while (awaitPassage(transfer, direction).bytes.length > 0) {
                out.write(transfer.bytes);
                transfer = underWay.take();
            }
        } finally {
            end();
        }
    }

    private Transfer awaitPassage(Transfer transfer, Direction direction) {
        for (long left = transfer.dueNanos - System.nanoTime(); left > 0; left = transfer.dueNanos
                - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        proxy.awaitPassage(direction);
        return transfer;
    }

    static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException ended) {
                // That is how connections end here.
            }
        }, "database-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
