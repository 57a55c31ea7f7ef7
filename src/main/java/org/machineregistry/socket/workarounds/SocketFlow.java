package org.machineregistry.socket.workarounds;

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.flow.FlowControlHandler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Reads a socket no faster than its messages are heard and their answers taken: WebSockets Next keeps all that comes and all that
 * is to be said, so that one machine could fill the memory of all. After a close it reads what still comes, for a while.
 *
 * <p>Reaches into Netty's pipeline, and by Vert.x's connection to it: WebSockets Next 3.33.2 has no back-pressure
 * (quarkusio/quarkus#56858).
 */
// Works around quarkusio/quarkus#56858 (3.33.2). It may go where SocketFlowTest has nothing to hold without it.
public final class SocketFlow extends ChannelDuplexHandler {
    private static final int MOST_UNHEARD = 16;
    private static final int SECONDS_TO_LEAVE = 2;

    private static final int SECONDS_TO_GIVE_A_SIGN = 10;
    // The pong to it is nobody else's.
    private final long signNumber = ThreadLocalRandom.current().nextLong();
    private final CompletableFuture<Void> sign = new CompletableFuture<>();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();
    // Only the event loop touches these.
    private int unheard;
    private boolean closing;
    private boolean early;
    private int asked;
    private ChannelHandlerContext context;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Before the connection becomes a socket: puts what Vert.x leaves out between it and the network. */
    public static SocketFlow below(HttpConnection connection) {
        ChannelHandlerContext platform = ((ConnectionBase) connection).channelHandlerContext();
        if (platform.isRemoved()) {
            throw new HttpClosedException("The connection has ended while it was found out who asks");
        }
        ChannelPipeline pipeline = platform.pipeline();
        // A connection can ask more than once, where it was refused.
        if (pipeline.get(SocketFlow.class) == null) {
            SocketFlow flow = new SocketFlow();
            // The third keeps what was read and is not heard yet, and forgets it with the connection.
            for (ChannelHandler handler : List.of(new EarlyFrames(flow), new EmptyParts(), new FlowControlHandler(),
                    flow,
                    new FrameLimit())) {
                pipeline.addBefore(platform.name(), handler.getClass().getSimpleName(), handler);
            }
        }
        return pipeline.get(SocketFlow.class);
    }

    /** A message, a ping or a pong was dealt with. */
    public void heard() {
        // Never within the reading of another message: each could bring on the next one, as deep as they are many.
        context.executor().execute(() -> count(-1));
    }

    /**
     * Asks the machine for a sign. Completes on the event loop when one came, whatever it says: no client sends before it has the
     * answer to its handshake, so that the machine was there after that. One that gives none is cut off.
     */
    public CompletableFuture<Void> askForSign() {
        return ask(sign);
    }

    /** The same once more: only the answer to this question counts, because all else may have been on its way before. */
    public CompletableFuture<Void> askForAnswer() {
        return ask(answer);
    }

    private CompletableFuture<Void> ask(CompletableFuture<Void> sign) {
        context.executor().execute(() -> {
            asked++;
            context.writeAndFlush(new PingWebSocketFrame(Unpooled.copyLong(signNumber + asked)));
            Future<?> deadline = context.executor().schedule(() -> {
                if (sign.completeExceptionally(new TimeoutException())) {
                    cutOff();
                }
            }, SECONDS_TO_GIVE_A_SIGN, TimeUnit.SECONDS);
            sign.whenComplete((given, failure) -> deadline.cancel(false));
        });
        return sign;
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        sign.completeExceptionally(new ClosedChannelException());
        answer.completeExceptionally(new ClosedChannelException());
        channel.fireChannelInactive();
    }

    /** Ends the connection at once. Asked from above, Vert.x would first wait for what is still to be said. */
    public void cutOff() {
        context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) {
        if (message instanceof WebSocketFrame && !early) {
            sign.complete(null);
        }
        if (message instanceof PongWebSocketFrame pong && isAnswer(pong)) {
            if (pong.content().getLong(pong.content().readerIndex()) == signNumber + 2) {
                answer.complete(null);
            }
            pong.release();
        } else if (!(message instanceof WebSocketFrame frame) || !frame.isFinalFragment()) {
            channel.fireChannelRead(message);
        } else if (unheard < MOST_UNHEARD || frame instanceof CloseWebSocketFrame) {
            count(1);
            channel.fireChannelRead(frame);
            if (!channel.channel().config().isAutoRead()) {
                // Vert.x holds its answers back until the end of what is read.
                channel.fireChannelReadComplete();
            }
        } else {
            // Reading goes on behind a close only to find the answer to it.
            frame.release();
        }
    }

    /** Passes on what was sent before the handshake was answered: it shows nothing. */
    void passEarly(Runnable reading) {
        early = true;
        reading.run();
        early = false;
    }

    private boolean isAnswer(PongWebSocketFrame pong) {
        return pong.content().readableBytes() == Long.BYTES
                && pong.content().getLong(pong.content().readerIndex()) - signNumber <= asked
                && pong.content().getLong(pong.content().readerIndex()) - signNumber > 0;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext channel) {
        count(0);
        channel.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) throws Exception {
        super.write(channel, message, promise);
        if (message instanceof CloseWebSocketFrame && !closing) {
            closing = true;
            // A connection closed on unread bytes is reset, and the reason lost. It is to be sent before more is read.
            channel.executor().execute(() -> count(0));
            channel.executor().schedule(this::cutOff, SECONDS_TO_LEAVE, TimeUnit.SECONDS);
        }
    }

    private void count(int more) {
        unheard += more;
        context.channel().config().setAutoRead(closing || unheard < MOST_UNHEARD && context.channel().isWritable());
    }
}
