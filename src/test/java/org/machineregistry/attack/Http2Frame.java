package org.machineregistry.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frames of HTTP/2, good and bad: https://www.rfc-editor.org/rfc/rfc9113#section-4.1 */
public final class Http2Frame {
    private static final int HEAD = 9;

    private Http2Frame() {}

    public static byte[] of(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(HEAD + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** The head of a request for this service, as the payload of HEADERS. */
    static byte[] head(String method, String path) {
        return literal(headers(method, path));
    }

    static Map<String, String> headers(String method, String path) {
        return new LinkedHashMap<>(
                Map.of(":method", method, ":path", path, ":scheme", "http", ":authority", "localhost"));
    }

    /** Without an index: https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2 */
    static byte[] literal(Map<String, String> headers) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        pseudoFirst(headers).forEach((name, value) -> {
            block.write(0);
            text(name, block);
            text(value, block);
        });
        return block.toByteArray();
    }

    private static Map<String, String> pseudoFirst(Map<String, String> headers) {
        Map<String, String> sorted = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(":")) {
                sorted.put(name, value);
            }
        });
        headers.forEach(sorted::putIfAbsent);
        return sorted;
    }

    private static void text(String text, ByteArrayOutputStream block) {
        int prefix = 127;
        int length = text.length();
        block.write(Math.min(length, prefix));
        if (length >= prefix) {
            int rest = length - prefix;
            for (; rest >= 128; rest /= 128) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
