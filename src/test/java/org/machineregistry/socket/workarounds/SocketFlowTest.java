package org.machineregistry.socket.workarounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.flow.FlowControlHandler;

/** How fast a socket is read, without a network. */
class SocketFlowTest {
    private static final int AT_ONCE = 16;

    private final SocketFlow flow = new SocketFlow();
    private EmbeddedChannel channel;

    @BeforeEach
    void a_connection_is_a_socket() {
        channel = new EmbeddedChannel(new FlowControlHandler(), flow);
    }

    @AfterEach
    void nothing_is_left() {
        channel.finishAndReleaseAll();
    }

    @Test
    void only_so_many_messages_are_read_as_were_heard() {
        send(100);
        assertThat(read()).isEqualTo(AT_ONCE);
        assertThat(channel.config().isAutoRead()).isFalse();

        for (int heard = 1; heard <= 100 - AT_ONCE; heard++) {
            hear(1);
            assertThat(read()).isEqualTo(1);
        }
        hear(AT_ONCE);
        assertThat(channel.config().isAutoRead()).isTrue();
        send(1);
        assertThat(read()).isEqualTo(1);
    }

    @Test
    void a_message_in_parts_is_one() {
        for (int part = 0; part < 100; part++) {
            channel.writeInbound(new TextWebSocketFrame(false, 0, "part"));
        }

        assertThat(read()).isEqualTo(100);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void what_was_not_read_is_forgotten_with_the_connection() {
        send(100);
        read();

        channel.close();
        hear(AT_ONCE);

        assertThat(read()).isZero();
    }

    @Test
    void nothing_is_read_while_the_answers_are_not_taken() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));

        channel.write(new PongWebSocketFrame());
        send(10);
        int askedForBefore = read();
        assertThat(askedForBefore).isLessThanOrEqualTo(1);

        channel.flush();
        assertThat(askedForBefore + read()).isEqualTo(10);
    }

    @Test
    void after_a_close_all_is_read_and_what_is_too_much_dropped() {
        send(100);

        channel.writeAndFlush(new CloseWebSocketFrame());
        channel.writeInbound(new CloseWebSocketFrame());

        assertThat(read()).isEqualTo(AT_ONCE + 1);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void who_does_not_answer_a_close_is_cut_off() {
        channel.freezeTime();
        channel.writeAndFlush(new CloseWebSocketFrame());
        channel.advanceTimeBy(1_900, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(200, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    private void send(int messages) {
        channel.writeInbound(IntStream.range(0, messages).mapToObj(n -> new TextWebSocketFrame("message")).toArray());
    }

    private void hear(int messages) {
        for (int heard = 0; heard < messages; heard++) {
            flow.heard();
        }
        channel.runPendingTasks();
    }

    private int read() {
        int count = 0;
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frame.release();
            count++;
        }
        return count;
    }
}
