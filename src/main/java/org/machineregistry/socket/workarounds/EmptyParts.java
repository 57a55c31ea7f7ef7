package org.machineregistry.socket.workarounds;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Leaves out the empty parts that a message begins with. Vert.x 4.5 loses a message whose first part is empty (since
 * eclipse-vertx/vert.x#1829).
 *
 * <p>Reaches into Netty's pipeline, where the parts of a message are seen before Vert.x joins them.
 */
// Works around eclipse-vertx/vert.x#1829 (4.5.27). It may go where SocketTest passes without it.
final class EmptyParts extends ChannelInboundHandlerAdapter {
    private boolean waiting;
    private boolean isText;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame) {
            isText = message instanceof TextWebSocketFrame;
            read(context, (WebSocketFrame) message);
        } else if (waiting && message instanceof ContinuationWebSocketFrame part) {
            read(context, first(part.isFinalFragment(), part.content()));
        } else {
            context.fireChannelRead(message);
        }
    }

    private void read(ChannelHandlerContext context, WebSocketFrame first) {
        waiting = !first.isFinalFragment() && !first.content().isReadable();
        if (waiting) {
            first.release();
        } else {
            context.fireChannelRead(first);
        }
    }

    private WebSocketFrame first(boolean isLast, ByteBuf content) {
        return isText ? new TextWebSocketFrame(isLast, 0, content) : new BinaryWebSocketFrame(isLast, 0, content);
    }
}
