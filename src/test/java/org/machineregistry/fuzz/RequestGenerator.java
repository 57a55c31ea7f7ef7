package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Requests for the operations of the document. As a whole each of them is HTTP, so that the service must answer. */
final class RequestGenerator {
    private final ApiDocument document;
    private final Population population;

    RequestGenerator(ApiDocument document, Population population) {
        this.document = document;
        this.population = population;
    }

    Shot shot(long number, Dice dice) {
        RequestDraft draft = draft(dice);
        Shot.Kind kind = draft.method.equals("HEAD") ? Shot.Kind.HEAD : Shot.Kind.REQUEST;
        return new Shot(number, draft.method + " for " + draft.operation, draft.from, kind, draft.person,
                draft.isHeld ? draft.operation : null, bytes(draft, dice), null);
    }

    /** For who says it otherwise than as HTTP/1.1. */
    RequestDraft draft(Dice dice) {
        return new RequestDraft(document, population, dice);
    }

    private static byte[] bytes(RequestDraft draft, Dice dice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, draft.method + " " + draft.target + " HTTP/1.1\r\nHost: localhost\r\n");
        draft.headers.forEach(header -> write(bytes, header[0] + ": " + header[1] + "\r\n"));
        if (dice.oneIn(2)) {
            write(bytes, "Connection: close\r\n");
        }
        if (draft.body.length > 0 && dice.oneIn(4)) {
            write(bytes, "Transfer-Encoding: chunked\r\n\r\n");
            writeChunks(bytes, draft.body, dice);
        } else {
            boolean saysNone = draft.body.length == 0 && dice.oneIn(2);
            write(bytes, saysNone ? "\r\n" : "Content-Length: " + draft.body.length + "\r\n\r\n");
            bytes.writeBytes(draft.body);
        }
        return bytes.toByteArray();
    }

    private static void writeChunks(ByteArrayOutputStream bytes, byte[] body, Dice dice) {
        for (int at = 0; at < body.length;) {
            int count = Math.min(body.length - at, dice.between(1, Math.max(1, body.length / 2)));
            write(bytes, Integer.toHexString(count) + dice.of("", "", ";a=b", ";a=\"b\"") + "\r\n");
            bytes.write(body, at, count);
            write(bytes, "\r\n");
            at += count;
        }
        write(bytes, dice.of("0\r\n\r\n", "0\r\n\r\n", "00\r\n\r\n", "0\r\nA: b\r\n\r\n"));
    }

    private static void write(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
