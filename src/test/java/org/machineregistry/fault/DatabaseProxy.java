package org.machineregistry.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between one replica and the database, so that a test can cut off that replica alone. */
final class DatabaseProxy implements AutoCloseable {
    private final int databasePort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private ServerSocket server;
    private boolean stalled;
    final int port;

    DatabaseProxy(int databasePort) {
        this.databasePort = databasePort;
        this.port = Ports.free();
        listen();
    }

    /** Breaks all connections, and takes no new ones. */
    void refuse() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        open.forEach(DatabaseProxy::reset);
    }

    /** As from a host that is there but has no such server. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException ended) {
            // It was closed just then.
        }
    }

    /** Lets nothing through any more, and says nothing: a cable that was pulled. */
    void stall() {
        synchronized (lock) {
            stalled = true;
        }
    }

    void heal() {
        synchronized (lock) {
            stalled = false;
            lock.notifyAll();
        }
        if (server.isClosed()) {
            listen();
        }
    }

    @Override
    public void close() {
        heal();
        refuse();
    }

    private void listen() {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        ServerSocket accepting = server;
        run(() -> accept(accepting));
    }

    private void accept(ServerSocket accepting) throws IOException {
        while (true) {
            Socket service = accepting.accept();
            awaitPassage();
            open.add(service);
            Socket database = new Socket();
            open.add(database);
            try {
                database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort));
                run(() -> pump(service, database));
                run(() -> pump(database, service));
            } catch (IOException databaseIsDown) {
                end(service, database);
            }
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[16_384];
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, length);
            }
            awaitPassage();
        } finally {
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) throws IOException {
        one.close();
        other.close();
        open.remove(one);
        open.remove(other);
    }

    private void awaitPassage() {
        synchronized (lock) {
            while (stalled) {
                try {
                    lock.wait();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // That is how connections end here.
            }
        }, "database-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
