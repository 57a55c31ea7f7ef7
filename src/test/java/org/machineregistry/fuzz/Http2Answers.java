package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/** Reads what came on a connection as answers of HTTP/2. */
final class Http2Answers {
    private static final int HEAD = 9;
    private static final int HAS_PRIORITY = 0x20;
    private static final int PRIORITY_LENGTH = 5;
    private static final int LARGEST_HEAD = 65_536;

    private final Map<Integer, Http2Headers> heads = new TreeMap<>();
    private final Map<Integer, ByteArrayOutputStream> bodies = new TreeMap<>();
    private final Map<Integer, Boolean> ended = new TreeMap<>();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, LARGEST_HEAD);

    private final Set<Integer> headsAlone;

    /** @param headsAlone the streams that were asked for heads alone */
    Http2Answers(byte[] bytes, Set<Integer> headsAlone) throws Http2Exception {
        this.headsAlone = headsAlone;
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.remaining() >= HEAD) {
            int length = rest.getShort(rest.position()) << 8 & 0xFFFF00 | rest.get(rest.position() + 2) & 0xFF;
            int type = rest.get(rest.position() + 3);
            int flags = rest.get(rest.position() + 4);
            int stream = rest.getInt(rest.position() + 5);
            if (rest.remaining() < HEAD + length) {
                return;
            }
            byte[] payload = new byte[length];
            rest.position(rest.position() + HEAD).get(payload);
            read(type, flags, stream, payload);
        }
    }

    private void read(int type, int flags, int stream, byte[] payload) throws Http2Exception {
        if (type == Http2Generator.HEADERS) {
            // The service pads none, and its heads fit into a frame.
            int from = (flags & HAS_PRIORITY) == 0 ? 0 : PRIORITY_LENGTH;
            heads.put(stream, decoder.decodeHeaders(stream,
                    Unpooled.wrappedBuffer(payload, from, payload.length - from)));
        } else if (type == Http2Generator.DATA) {
            bodies.computeIfAbsent(stream, key -> new ByteArrayOutputStream()).writeBytes(payload);
        }
        if (type == Http2Generator.HEADERS || type == Http2Generator.DATA) {
            ended.merge(stream, (flags & Http2Generator.END_STREAM) != 0, Boolean::logicalOr);
        }
    }

    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        heads.forEach((stream, head) -> {
            Map<String, String> headers = new TreeMap<>();
            head.forEach(header -> headers.put(header.getKey().toString(), header.getValue().toString()));
            byte[] body = bodies.getOrDefault(stream, new ByteArrayOutputStream()).toByteArray();
            answers.add(new Answer(Integer.parseInt(headers.get(":status")), headers, body, ended.get(stream),
                    headsAlone.contains(stream)));
        });
        return answers;
    }
}
