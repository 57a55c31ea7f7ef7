package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** WebSockets of machines, and of others: frames before and after the handshake, whole, broken and in odd orders. */
final class SocketGenerator {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int LAST = 0x80;

    private final ApiDocument document;
    private final Population population;
    private final Operation connect;

    SocketGenerator(ApiDocument document, Population population) {
        this.document = document;
        this.population = population;
        connect = document.operations.stream().filter(operation -> operation.path().equals("/api/agent/connect"))
                .findAny()
                .orElseThrow();
    }

    Shot shot(long number, Dice dice) {
        int person = population.person(dice);
        boolean isKnown = !dice.oneIn(5);
        String from = (isKnown ? "127.6." : "127.7.") + dice.below(256) + "." + dice.between(1, 250);
        byte[] head = head(isKnown ? population.machine(person, dice).token() : stranger(person, dice), dice);
        byte[] before = dice.oneIn(5) ? frames(dice) : new byte[0];
        byte[] first = Arrays.copyOf(head, head.length + before.length);
        System.arraycopy(before, 0, first, head.length, before.length);
        return new Shot(number, "a socket", from, Shot.Kind.SOCKET, person, null, first, frames(dice));
    }

    private String stranger(int person, Dice dice) {
        return dice.of(population.session(person), new Mutator(dice).text("V1StGXR8_Z5jdHi6B-myT:mrs_0123456789")
                .replaceAll("[^\\x21-\\x7e]", "?"), "");
    }

    private static byte[] head(String token, Dice dice) {
        String head = "GET /api/agent/socket HTTP/1.1\r\nHost: localhost\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                + or("Connection: Upgrade\r\n", "Connection: close\r\n", dice)
                + or("Upgrade: websocket\r\n", "Upgrade: a\r\n", dice)
                + or("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 99\r\n", dice)
                + or("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "Sec-WebSocket-Key: \u00e4\r\n", dice)
                + (dice.oneIn(15)
                        ? dice.of("Origin: http://a.example\r\n", "Content-Length: 5\r\n",
                                "Sec-WebSocket-Protocol: a, b\r\n",
                                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99\r\n",
                                "Transfer-Encoding: chunked\r\n")
                        : "");
        return (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String or(String right, String wrong, Dice dice) {
        return dice.oneIn(30) ? dice.of(wrong, "") : right;
    }

    private byte[] frames(Dice dice) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        for (int left = dice.between(0, dice.oneIn(10) ? 40 : 5); left > 0; left--) {
            said.writeBytes(dice.oneIn(4) ? odd(dice) : message(dice));
        }
        byte[] bytes = said.toByteArray();
        if (bytes.length > 0 && dice.oneIn(12)) {
            return dice.oneIn(2) ? new Mutator(dice).bytes(bytes) : Arrays.copyOf(bytes, dice.below(bytes.length));
        }
        return bytes;
    }

    /** One that is understood, mostly, in one frame or in several. */
    private byte[] message(Dice dice) {
        JsonNode fields = new SchemaValues(document, dice).of(connect.body());
        ((ObjectNode) fields).put("type", dice.oneIn(10)
                ? new Mutator(dice).foreign()
                : dice.of("connect", "heartbeat", "heartbeat", "assistants", "disconnect"));
        byte[] text = dice.oneIn(4)
                ? new Mutator(dice).body(fields)
                : fields.toString().getBytes(StandardCharsets.UTF_8);
        if (text.length < 3 || !dice.oneIn(4)) {
            return frame(LAST | TEXT, text, dice);
        }
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        int at = 1 + dice.below(text.length - 2);
        parts.writeBytes(frame(TEXT, Arrays.copyOf(text, at), dice));
        if (dice.oneIn(3)) {
            parts.writeBytes(frame(LAST | PING, new byte[0], dice));
        }
        parts.writeBytes(frame(LAST | CONTINUATION, Arrays.copyOfRange(text, at, text.length), dice));
        return parts.toByteArray();
    }

    private static byte[] odd(Dice dice) {
        int size = dice.of(0, 1, 2, 125, 126, 200, 65_535, 65_537, 70_000);
        return switch (dice.below(6)) {
            case 0 -> frame(LAST | CLOSE,
                    dice.of(new byte[0], new byte[]{3}, new byte[]{3, (byte) 0xe8}, new byte[]{0, 0},
                            new byte[]{3, (byte) 0xed}, new byte[]{3, (byte) 0xe8, (byte) 0xff}, dice.bytes(124)),
                    dice);
            case 1 -> frame(LAST | dice.of(PING, PING + 1), dice.bytes(size), dice);
            case 2 -> frame(LAST | BINARY, dice.bytes(size), dice);
            case 3 -> frame(LAST | TEXT, dice.bytes(size), dice);
            case 4 -> frame(dice.below(256), dice.bytes(dice.below(200)), dice);
            default -> frame(dice.of(TEXT, CONTINUATION, LAST | CONTINUATION), dice.bytes(size), dice);
        };
    }

    /** Masked, as what a client says must be: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
    private static byte[] frame(int head, byte[] payload, Dice dice) {
        boolean isMasked = !dice.oneIn(40);
        int mask = isMasked ? LAST : 0;
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) head);
        if (payload.length < 126 && !dice.oneIn(60)) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65_536 && !dice.oneIn(60)) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127))
                    .putLong(dice.oneIn(30) ? dice.of(-1L, Long.MAX_VALUE, 1L << 32) : payload.length);
        }
        byte[] key = isMasked ? dice.bytes(4) : new byte[4];
        if (isMasked) {
            frame.put(key);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ key[i % 4]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }
}
