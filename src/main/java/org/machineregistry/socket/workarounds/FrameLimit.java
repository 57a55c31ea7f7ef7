package org.machineregistry.socket.workarounds;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Says, with a close frame, why a socket ends whose machine sends what is no frame or too large a message. Vert.x breaks
 * such a connection off without a word, and gathers a message in parts before it looks at its size.
 *
 * <p>Reaches into Netty's pipeline: WebSockets Next shows neither frames nor what is no frame.
 */
// Works around Vert.x 4.5.27; no issue of it is known. It may go where SocketTest passes without it.
final class FrameLimit extends ChannelDuplexHandler {
    private static final int LARGEST_MESSAGE = 64 * 1024;
    private static final WebSocketCloseStatus TOO_LARGE = new WebSocketCloseStatus(1009,
            "The message is larger than 64 KiB");

    private int messageSize;
    private boolean ended;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended) {
            drop(context, message);
        } else if (message instanceof WebSocketFrame frame && isTooLarge(frame)) {
            frame.release();
            end(context, TOO_LARGE);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static void drop(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof CloseWebSocketFrame) {
            context.close();
        }
    }

    private boolean isTooLarge(WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame
                || frame instanceof CloseWebSocketFrame) {
            // They may come between the parts of a message, and are small.
            return false;
        }
        messageSize = frame.content().readableBytes() + (frame instanceof ContinuationWebSocketFrame ? messageSize : 0);
        return messageSize > LARGEST_MESSAGE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof CorruptedWebSocketFrameException corrupted)) {
            context.fireExceptionCaught(cause);
        } else if (!ended) {
            boolean tooLarge = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            end(context, tooLarge ? TOO_LARGE : corrupted.closeStatus());
        }
    }

    private void end(ChannelHandlerContext context, WebSocketCloseStatus status) {
        ended = true;
        context.writeAndFlush(new CloseWebSocketFrame(status));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (ended) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
        } else {
            super.write(context, message, promise);
        }
    }
}
