package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Says bytes on a connection of its own, and hears what comes back, for a bounded time. */
final class RawClient {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int QUIET_MILLIS = 150;
    private static final int MOST = 1 << 20;

    /**
     * What came of a shot.
     *
     * @param hasEnded whether the service ended the connection
     */
    record Exchange(Shot shot, byte[] received, boolean hasEnded, Duration took) {
        /** Also one for HTTP/2, where it does not begin as that has to. */
        boolean isOfHttp1() {
            return new String(received, 0, Math.min(received.length, 7), StandardCharsets.US_ASCII).equals("HTTP/1.");
        }

        Http1Answers http1() {
            return new Http1Answers(received, shot.kind() == Shot.Kind.HEAD, hasEnded);
        }
    }

    private final int port;

    RawClient(int port) {
        this.port = port;
    }

    /** @param isToEnd whether to wait until the service ends it, rather than to go when nothing more comes */
    Exchange exchange(Shot shot, boolean isToEnd) throws IOException {
        long begun = System.nanoTime();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        boolean hasEnded;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(shot.from(), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            say(shot.first(), socket);
            if (shot.then() != null && hear(socket, begun, received, this::isSwitched, shot) == Heard.ENOUGH) {
                say(shot.then(), socket);
            }
            Heard heard = hear(socket, begun, received, this::isAnswered, shot);
            if (heard == Heard.QUIET && !isToEnd) {
                // No more is to come from here, so that the service ends it.
                socket.shutdownOutput();
            }
            hasEnded = heard == Heard.END
                    || heard == Heard.QUIET && hear(socket, begun, received, nothing -> false, null) == Heard.END;
        }
        return new Exchange(shot, received.toByteArray(), hasEnded, Duration.ofNanos(System.nanoTime() - begun));
    }

    private enum Heard {
        ENOUGH, QUIET, END
    }

    private static void say(byte[] bytes, Socket socket) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException ended) {
            // What was answered before it ended is still to be read.
        }
    }

    private interface Enough {
        boolean is(Exchange soFar);
    }

    /** @param shot null to wait for the end alone */
    private static Heard hear(Socket socket, long begun, ByteArrayOutputStream received, Enough enough, Shot shot) {
        boolean isPatient = shot == null || shot.mustBeAnswered();
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = socket.getInputStream();
            while (received.size() < MOST) {
                if (shot != null && enough.is(new Exchange(shot, received.toByteArray(), false, Duration.ZERO))) {
                    return Heard.ENOUGH;
                }
                long left = PATIENCE.minusNanos(System.nanoTime() - begun).toMillis();
                if (left <= 0) {
                    return Heard.QUIET;
                }
                socket.setSoTimeout((int) (isPatient ? left : Math.min(left, QUIET_MILLIS)));
                int count = in.read(buffer);
                if (count < 0) {
                    return Heard.END;
                }
                received.write(buffer, 0, count);
            }
            return Heard.ENOUGH;
        } catch (SocketTimeoutException quiet) {
            return Heard.QUIET;
        } catch (IOException reset) {
            return Heard.END;
        }
    }

    private boolean isSwitched(Exchange soFar) {
        return !soFar.http1().answers.isEmpty() && soFar.http1().answers.get(0).status() == Http1Answers.SWITCHED;
    }

    private boolean isAnswered(Exchange soFar) {
        return soFar.shot().mustBeAnswered() && soFar.received().length > 0 && soFar.http1().isAnswered();
    }
}
