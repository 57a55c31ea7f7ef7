package org.machineregistry.socket.workarounds;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Keeps what came right behind the handshake, in one packet with it, until the socket has somebody to hear it. Vert.x reads
 * it before it answers the handshake: it loses it, and after a close among it, it never forgets the socket. Where the machine must
 * be looked up in the database first, it is read as another request all the same, and lost: no client may send so early.
 *
 * <p>Reaches into Netty's pipeline: neither Vert.x nor WebSockets Next shows a frame before it has a socket.
 */
// Works around Vert.x 4.5.27; no issue of it is known. It may go where EarlyFramesTest and SocketTest have nothing to hold without it.
final class EarlyFrames extends ChannelDuplexHandler {
    private final SocketFlow flow;
    /** The frames in the order in which they came; null once the handshake is answered. */
    private Queue<Runnable> kept = new ArrayDeque<>();
    /** How many of them came before it was answered. */
    private int early;

    EarlyFrames(SocketFlow flow) {
        this.flow = flow;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (kept != null && message instanceof WebSocketFrame) {
            kept.add(() -> context.fireChannelRead(message));
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (kept != null && cause instanceof CorruptedWebSocketFrameException) {
            kept.add(() -> context.fireExceptionCaught(cause));
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean answersHandshake = message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        if (answersHandshake && kept != null) {
            // Frames from now on may come from a client that has the answer, although they are kept, too.
            early = kept.size();
        }
        super.write(context, message, promise);
        if (answersHandshake) {
            // Vert.x makes the socket in the task that answers, and nothing is read from the network before the next one.
            context.executor().execute(() -> letGo(context));
        }
    }

    private void letGo(ChannelHandlerContext context) {
        Queue<Runnable> frames = kept;
        kept = null;
        flow.passEarly(() -> {
            for (int passed = 0; passed < early; passed++) {
                frames.remove().run();
            }
        });
        frames.forEach(Runnable::run);
        context.fireChannelReadComplete();
        // Netty takes all handlers off a connection that has ended meanwhile.
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }
}
