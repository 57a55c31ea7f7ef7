package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.machineregistry.attack.Http2Frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;

/** HTTP/2, with requests of the document and with frames in any order: https://www.rfc-editor.org/rfc/rfc9113 */
final class Http2Generator {
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int DATA = 0;
    static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int LARGEST_FRAME = 16_384;

    private final RequestGenerator requests;

    Http2Generator(RequestGenerator requests) {
        this.requests = requests;
    }

    Shot shot(long number, Dice dice) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        said.writeBytes(dice.oneIn(20) ? new Mutator(dice).bytes(PREFACE) : PREFACE);
        if (!dice.oneIn(20)) {
            said.writeBytes(Http2Frame.of(SETTINGS, 0, 0, new byte[0]));
        }
        Http2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
        String from = "127.5." + dice.below(256) + "." + dice.between(1, 250);
        Set<Integer> headsAlone = new HashSet<>();
        int frames = dice.between(1, dice.oneIn(10) ? 60 : 5);
        for (int i = 0; i < frames; i++) {
            said.writeBytes(dice.oneIn(3) ? odd(dice) : request(1 + 2 * i, encoder, headsAlone, dice));
        }
        byte[] bytes = said.toByteArray();
        if (dice.oneIn(10)) {
            bytes = Arrays.copyOf(bytes, PREFACE.length + dice.below(bytes.length - PREFACE.length + 1));
        }
        return new Shot(number, "HTTP/2", from, Shot.Kind.HTTP2, -1, null, bytes, null, headsAlone);
    }

    private byte[] request(int stream, Http2HeadersEncoder encoder, Set<Integer> headsAlone, Dice dice) {
        RequestDraft draft = requests.draft(dice);
        if (draft.method.equals("HEAD")) {
            headsAlone.add(stream);
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, headers(draft, dice), block);
        } catch (Http2Exception failure) {
            throw new IllegalStateException(failure);
        }
        boolean endsWithHead = draft.body.length == 0 && !dice.oneIn(10);
        byte[] head = ByteBufUtil.getBytes(block);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        for (int at = 0; at < head.length; at += LARGEST_FRAME) {
            int end = Math.min(head.length, at + LARGEST_FRAME);
            int flags = (end == head.length && !dice.oneIn(30) ? END_HEADERS : 0)
                    | (endsWithHead && at == 0 ? END_STREAM : 0);
            said.writeBytes(
                    Http2Frame.of(at == 0 ? HEADERS : CONTINUATION, flags, stream, Arrays.copyOfRange(head, at, end)));
        }
        if (!endsWithHead && !dice.oneIn(10)) {
            byte[] part = Arrays.copyOf(draft.body, Math.min(draft.body.length, LARGEST_FRAME));
            said.writeBytes(Http2Frame.of(DATA, dice.oneIn(10) ? 0 : END_STREAM, stream, part));
        }
        if (dice.oneIn(15)) {
            said.writeBytes(Http2Frame.of(RESET, 0, stream, new byte[]{0, 0, 0, 8}));
        }
        return said.toByteArray();
    }

    private static Http2Headers headers(RequestDraft draft, Dice dice) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        headers.method(draft.method).path(draft.target).scheme(dice.oneIn(30) ? dice.of("https", "x y", "") : "http");
        if (!dice.oneIn(30)) {
            headers.authority(dice.oneIn(30) ? dice.of("a b", "", "[::", "a,b") : "localhost");
        }
        draft.headers.forEach(header -> headers.add(dice.oneIn(40) ? header[0] : header[0].toLowerCase(Locale.ROOT),
                header[1]));
        if (draft.body.length > 0 && !dice.oneIn(8)) {
            headers.add("content-length", String.valueOf(dice.oneIn(12) ? dice.below(200) : draft.body.length));
        }
        if (dice.oneIn(15)) {
            headers.add(
                    dice.of(":path", ":status", ":x", "transfer-encoding", "connection", "host", "te", "cookie", "a b"),
                    dice.of("/q/info", "200", "chunked", "close", "a", ""));
        }
        return headers;
    }

    /** Of any type, on any stream, of any length. */
    private byte[] odd(Dice dice) {
        int type = dice.oneIn(4) ? dice.below(256) : dice.between(DATA, CONTINUATION);
        // A length that says more than there is would make the service wait for what is said next.
        byte[] payload = dice.bytes(dice.of(0, 1, 4, 5, 6, 8, 40, 300));
        if (type == GO_AWAY && dice.oneIn(2)) {
            payload = new byte[8];
        }
        return Http2Frame.of(type, dice.below(256), dice.of(0, 1, 2, 3, 5, 7, Integer.MAX_VALUE, -1), payload);
    }

}
