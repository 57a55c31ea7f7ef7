package org.machineregistry.connection;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Answers a request of a version of HTTP that there is not with 400.
 *
 * <p>Works around Vert.x 4.5, whose Http1xServerRequestHandler says 501 to it, as if the service had failed, and in the version that the
 * client made up; no handler of requests is asked before. Where this service itself speaks TLS, the answer stays a 501.
 *
 * <p>Reaches into Netty's pipeline.
 */
final class UnknownVersion extends ChannelOutboundHandlerAdapter {
    private static final byte[] NOT_IMPLEMENTED = bytes(" 501 Not Implemented\r\n");
    private static final byte[] BAD_REQUEST = bytes(
            "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    private static final int LONGEST_VERSION = 64;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf bytes && isNotImplemented(bytes)) {
            bytes.release();
            context.write(Unpooled.wrappedBuffer(BAD_REQUEST), promise);
        } else {
            super.write(context, message, promise);
        }
    }

    /** The status tells, because the version before it may be any. The service itself never says 501. */
    private static boolean isNotImplemented(ByteBuf bytes) {
        int begin = bytes.readerIndex();
        int space = bytes.indexOf(begin, Math.min(begin + LONGEST_VERSION, bytes.writerIndex()), (byte) ' ');
        return space >= 0 && stands(NOT_IMPLEMENTED, bytes, space);
    }

    private static boolean stands(byte[] expected, ByteBuf bytes, int at) {
        if (at + expected.length > bytes.writerIndex()) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes.getByte(at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
