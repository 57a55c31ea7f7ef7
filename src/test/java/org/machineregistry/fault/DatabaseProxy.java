package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.machineregistry.Ports;
import org.machineregistry.fault.ProxiedConnection.Direction;

/** Stands between one replica and the database, so that a test can cut off, slow down or disturb that replica alone. */
public final class DatabaseProxy implements AutoCloseable {
    private final int databasePort;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private ServerSocket server;
    private boolean requestsHeld;
    private boolean answersHeld;
    private volatile boolean answersLost;
    private volatile int resetPercent;
    private volatile long answerDelayNanos;
    public final int port;

    public DatabaseProxy(int databasePort) {
        this.databasePort = databasePort;
        this.port = Ports.free();
        listen();
    }

    /** Breaks all connections, and takes no new ones. */
    public void refuse() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        open.forEach(ProxiedConnection::reset);
    }

    /** Lets nothing through any more, and says nothing: a cable that was pulled. */
    public void stall() {
        hold(true, true);
    }

    /** Breaks all connections, and has new ones wait: a database that starts again. */
    void breakOff() {
        stall();
        open.forEach(ProxiedConnection::reset);
    }

    /** Lets through what the service says to the database; the answers come when it is healed. */
    public void holdAnswers() {
        hold(false, true);
    }

    /** Lets through what the service says to the database; the answers are lost for ever. */
    public void loseAnswers() {
        answersLost = true;
    }

    /** Resets so many of a hundred new connections, and of a hundred transfers in either direction. */
    public void resetSome(int percent) {
        resetPercent = percent;
    }

    /** Delivers each answer of the database that much later, in order, which adds as much to each round trip. */
    public void delayAnswers(int millis) {
        answerDelayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    public void heal() {
        resetPercent = 0;
        answerDelayNanos = 0;
        if (answersLost) {
            answersLost = false;
            // The rest of an answer would be no sense: TCP would have given up such a connection.
            open.stream().filter(ProxiedConnection::hasLostAnswers).forEach(ProxiedConnection::reset);
        }
        hold(false, false);
        if (server.isClosed()) {
            listen();
        }
    }

    @Override
    public void close() {
        heal();
        refuse();
    }

    private void hold(boolean requests, boolean answers) {
        synchronized (lock) {
            requestsHeld = requests;
            answersHeld = answers;
            lock.notifyAll();
        }
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
        ProxiedConnection.run(() -> accept(accepting));
    }

    private void accept(ServerSocket accepting) throws IOException {
        while (true) {
            Socket service = accepting.accept();
            awaitPassage(Direction.REQUESTS);
            ProxiedConnection connection = new ProxiedConnection(this, service);
            open.add(connection);
            if (isReset()) {
                connection.reset();
            } else {
                connection.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort));
            }
        }
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    boolean isReset() {
        return ThreadLocalRandom.current().nextInt(100) < resetPercent;
    }

    boolean isLost(Direction direction) {
        return direction == Direction.ANSWERS && answersLost;
    }

    long delayNanos(Direction direction) {
        return direction == Direction.ANSWERS ? answerDelayNanos : 0;
    }

    void awaitPassage(Direction direction) {
        synchronized (lock) {
            while (direction == Direction.ANSWERS ? answersHeld : requestsHeld) {
                try {
                    lock.wait();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
