package org.machineregistry.attack;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that says what no HTTP client would, from an address of its own: all of 127.0.0.0/8 are this host's. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    RawConnection(int port, String from) {
        try {
            socket = new Socket();
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Says so much of it as the service takes: it may have ended the connection. */
    RawConnection say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException ended) {
            // What it answered before is still to be read.
        }
        return this;
    }

    RawConnection say(String text) {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that comes until the service ends the connection. */
    String readToEnd() {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException open) {
            throw new IllegalStateException("The connection is still open after " + text, open);
        } catch (IOException reset) {
            // It is an end as well.
        }
        return text.toString();
    }

    /** The status of what is answered; 0 for an end without one. */
    int readStatus() {
        try {
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return line.length < 12 ? 0 : Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring(9));
        } catch (SocketException reset) {
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads frames of HTTP/2 until one of this type comes. @return whether one did in time */
    boolean readFrameOf(int type, Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int found = in.readUnsignedByte();
                in.skipNBytes(5L + length);
                if (found == type) {
                    return true;
                }
            }
        } catch (IOException over) {
            return false;
        } finally {
            restorePatience();
        }
    }

    /** Whether the service has not ended it after so long; what it says meanwhile is read. */
    boolean staysOpen(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                socket.setSoTimeout((int) left);
                if (socket.getInputStream().read() < 0) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException open) {
            return true;
        } catch (IOException ended) {
            return false;
        } finally {
            restorePatience();
        }
    }

    private void restorePatience() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** Goes without a goodbye. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
