package org.machineregistry.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads what came on a connection as answers of HTTP/1. */
final class Http1Answers {
    static final int SWITCHED = 101;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String VERSION = "HTTP/1.";

    final List<Answer> answers = new ArrayList<>();
    /** What stands where an answer should begin, and is none; empty where there is no such thing. */
    String garbage = "";
    /** What came once another protocol was spoken. */
    byte[] switched = new byte[0];
    private final byte[] bytes;
    private final String text;
    private final boolean isHead;
    private final boolean hasEnded;
    private int at;

    /** @param hasEnded whether nothing more will come */
    Http1Answers(byte[] bytes, boolean isHead, boolean hasEnded) {
        this.bytes = bytes;
        this.isHead = isHead;
        this.hasEnded = hasEnded;
        text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean goesOn = true;
        while (goesOn && at < bytes.length) {
            goesOn = readOne();
        }
    }

    boolean isAnswered() {
        return !garbage.isEmpty() || !answers.isEmpty() && (answers.get(0).isWhole() || answers.get(0).isStream());
    }

    private boolean readOne() {
        int end = text.indexOf(END_OF_HEAD, at);
        if (!text.startsWith(VERSION, at) && text.length() - at >= VERSION.length()) {
            garbage = text.substring(at, Math.min(text.length(), at + 200));
            return false;
        }
        if (end < 0) {
            return false;
        }
        String[] head = text.substring(at, end).split("\r\n");
        int status = Integer.parseInt(head[0].substring(9, 12));
        Map<String, String> headers = headers(head);
        at = end + END_OF_HEAD.length();
        if (status == SWITCHED) {
            answers.add(new Answer(status, headers, new byte[0], true, isHead));
            switched = Arrays.copyOfRange(bytes, at, bytes.length);
            return false;
        }
        if (status >= 200) {
            readBody(status, headers);
        }
        return true;
    }

    private static Map<String, String> headers(String[] head) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            headers.put(head[i].substring(0, colon).toLowerCase(Locale.ROOT), head[i].substring(colon + 1).strip());
        }
        return headers;
    }

    private void readBody(int status, Map<String, String> headers) {
        if (isHead || status == 204 || status == 304) {
            answers.add(new Answer(status, headers, new byte[0], true, isHead));
        } else if ("chunked".equals(headers.get("transfer-encoding"))) {
            readChunks(status, headers);
        } else {
            String length = headers.get("content-length");
            int end = length == null ? bytes.length : Math.min(bytes.length, at + Integer.parseInt(length));
            boolean isWhole = length == null ? hasEnded : end == at + Integer.parseInt(length);
            answers.add(new Answer(status, headers, Arrays.copyOfRange(bytes, at, end), isWhole, false));
            at = end;
        }
    }

    private void readChunks(int status, Map<String, String> headers) {
        StringBuilder body = new StringBuilder();
        boolean isWhole = false;
        while (!isWhole) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            int size = Integer.parseInt(text.substring(at, line), 16);
            int end = line + 2 + size + 2;
            if (end > text.length()) {
                break;
            }
            body.append(text, line + 2, end - 2);
            at = end;
            isWhole = size == 0;
        }
        if (!isWhole) {
            at = bytes.length;
        }
        answers.add(new Answer(status, headers, body.toString().getBytes(StandardCharsets.ISO_8859_1), isWhole, false));
    }
}
