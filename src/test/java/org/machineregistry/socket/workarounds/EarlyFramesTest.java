package org.machineregistry.socket.workarounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** What comes before the handshake is answered, without a network. */
class EarlyFramesTest {
    private final List<String> heard = new ArrayList<>();
    private EmbeddedChannel channel;

    @BeforeEach
    void a_connection_asks_to_be_a_socket() {
        channel = new EmbeddedChannel(new EarlyFrames(new SocketFlow()), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                heard.add(message.getClass().getSimpleName());
                ReferenceCountUtil.release(message);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                heard.add(cause.getClass().getSimpleName());
            }
        });
    }

    @AfterEach
    void nothing_is_left() {
        channel.finishAndReleaseAll();
    }

    @Test
    void frames_wait_for_the_answer_and_come_in_their_order() {
        channel.writeInbound(new PingWebSocketFrame(), new TextWebSocketFrame("early"));
        channel.pipeline().fireExceptionCaught(new CorruptedWebSocketFrameException());
        assertThat(heard).isEmpty();

        answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
        assertThat(heard).containsExactly("PingWebSocketFrame", "TextWebSocketFrame",
                "CorruptedWebSocketFrameException");

        channel.writeInbound(new TextWebSocketFrame("later"));
        assertThat(heard).hasSize(4);
    }

    @Test
    void the_rest_of_the_request_does_not_wait() {
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(heard).hasSize(1);
    }

    @Test
    void frames_do_not_come_after_another_answer() {
        channel.writeInbound(new TextWebSocketFrame("early"));

        answer(HttpResponseStatus.UNAUTHORIZED);

        assertThat(heard).isEmpty();
    }

    /** Netty takes all handlers off a connection that ends between the answer and what is behind it. */
    @Test
    void a_connection_that_has_ended_meanwhile_is_no_failure() {
        EmbeddedChannel ending = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                context.pipeline().remove(EarlyFrames.class);
                context.write(message, promise);
            }
        }, new EarlyFrames(new SocketFlow()));

        ending.writeOutbound(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));

        assertThat(ending.finishAndReleaseAll()).isTrue();
    }

    private void answer(HttpResponseStatus status) {
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status));
    }
}
