package org.machineregistry.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.restassured.RestAssured;

/** Bytes on a socket, for requests that no HTTP client would send. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    /** An answer; the status is 0 where the connection was closed without one. */
    record Answer(int status, String head, String body) {
        String header(String name) {
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return line.substring(name.length() + 1).trim();
                }
            }
            return null;
        }

        boolean isProblem() {
            return String.valueOf(header("Content-Type")).startsWith("application/problem+json");
        }
    }

    /** One request, after which the connection is closed; each line but the last ends by itself. */
    static Answer send(String requestLine, String headers, byte[] body) {
        String head = requestLine + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nConnection: close\r\n"
                + headers + "\r\n";
        return send(head.getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static Answer send(String requestLine, String headers) {
        return send(requestLine, headers, new byte[0]);
    }

    static Answer json(String requestLine, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(requestLine,
                headers + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n", bytes);
    }

    /** The status that comes while the body is still owed. */
    static int statusBeforeBody(String requestLine, String headers) {
        try (Socket socket = begin(requestLine, headers, "")) {
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring("HTTP/1.1 ".length()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Begins a request, and is gone before it ends. */
    static void leave(String requestLine, String headers, String beginning) {
        try {
            begin(requestLine, headers, beginning).close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Socket begin(String requestLine, String headers, String beginning) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head = requestLine + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\n" + headers + "\r\n";
        socket.getOutputStream().write((head + beginning).getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static Answer send(byte[] head, byte[] body) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(head);
            write(out, body);
            return parse(read(socket));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(OutputStream out, byte[] body) throws IOException {
        try {
            out.write(body);
            out.flush();
        } catch (SocketException refused) {
            // The answer is there before the whole body was sent.
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            for (int count = socket.getInputStream().read(buffer); count >= 0; count = socket.getInputStream()
                    .read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException | SocketTimeoutException ended) {
            // What came before is the answer.
        }
        return text.toString();
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, "", "");
        }
        String body = new String(text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), body);
    }
}
