package org.machineregistry.contract;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.restassured.RestAssured;

/** Frames on a machine's WebSocket, also such as no client would send. */
final class RawSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int CLOSE = 8;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    /** @param code 0 where the connection ended without one */
    record Close(int code, String reason) {}

    RawSocket(String token) throws IOException {
        socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        write(("GET /api/agent/socket HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\n" + RawHttp.bearer(token)
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String status = readLine();
        if (!status.contains(" 101 ")) {
            throw new IOException(status);
        }
        while (!readLine().isEmpty()) {
            // Headers.
        }
    }

    RawSocket send(String text) {
        return send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    RawSocket send(int kind, boolean last, byte[] content) {
        return send(kind, last, MASKED, content);
    }

    RawSocket sendUnmasked(byte[] content) {
        return send(TEXT, true, 0, content);
    }

    private RawSocket send(int kind, boolean last, int masked, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 14);
        frame.put((byte) (kind | (last ? LAST : 0)));
        if (content.length < 126) {
            frame.put((byte) (content.length | masked));
        } else if (content.length < 65_536) {
            frame.put((byte) (126 | masked)).putShort((short) content.length);
        } else {
            frame.put((byte) (127 | masked)).putLong(content.length);
        }
        // A mask of zeroes changes nothing.
        frame.put(new byte[masked == 0 ? 0 : 4]).put(content);
        write(frame.array(), frame.position());
        return this;
    }

    /** Reads until a text comes. */
    String nextText() {
        try {
            byte[] content = null;
            for (int kind = 0; kind != TEXT;) {
                kind = in.readUnsignedByte() & 15;
                content = readContent();
                answer(kind, content);
                if (kind == CLOSE) {
                    throw new IOException("closed: " + ByteBuffer.wrap(content).getShort());
                }
            }
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads until the service asks for a sign, and gives it. */
    RawSocket answerPing() {
        try {
            byte[] content = null;
            for (int kind = 0; kind != PING;) {
                kind = in.readUnsignedByte() & 15;
                content = readContent();
            }
            return send(PONG, true, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads until somebody asks whether the machine is there; the service's own pings are empty. */
    byte[] nextPing() {
        try {
            while (true) {
                int kind = in.readUnsignedByte() & 15;
                byte[] content = readContent();
                if (kind == PING && content.length > 0) {
                    return content;
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads until the service closes, which it must do in time however often it pings. */
    Close awaitClose() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (System.nanoTime() - end < 0) {
                int kind = in.readUnsignedByte() & 15;
                byte[] content = readContent();
                answer(kind, content);
                if (kind == CLOSE) {
                    return new Close(ByteBuffer.wrap(content).getShort(),
                            new String(content, 2, content.length - 2, StandardCharsets.UTF_8));
                }
            }
            throw new AssertionError("The service did not close the socket within " + PATIENCE_MILLIS + " ms");
        } catch (EOFException | SocketException ended) {
            return new Close(0, "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As every client must answer a ping. */
    private void answer(int kind, byte[] content) {
        if (kind == PING) {
            send(PONG, true, content);
        }
    }

    private byte[] readContent() throws IOException {
        int length = in.readUnsignedByte();
        return in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).trim();
    }

    private void write(byte[] bytes) {
        write(bytes, bytes.length);
    }

    private void write(byte[] bytes, int length) {
        try {
            socket.getOutputStream().write(bytes, 0, length);
        } catch (IOException refused) {
            // What the service said is there to be read.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
