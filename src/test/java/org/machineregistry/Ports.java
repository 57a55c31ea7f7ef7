package org.machineregistry;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that stay free while their server is down: outgoing connections take theirs from a higher range, and other tests leave out
 * those that are reserved. A process reserves one until it ends, by the UDP port of the same number, which no server here uses.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final Queue<DatagramSocket> RESERVATIONS = new ConcurrentLinkedQueue<>();

    private Ports() {}

    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (reserve(port)) {
                return port;
            }
        }
    }

    private static boolean reserve(int port) {
        try {
            // As servers take it, of all addresses.
            new ServerSocket(port, 1).close();
            RESERVATIONS.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
