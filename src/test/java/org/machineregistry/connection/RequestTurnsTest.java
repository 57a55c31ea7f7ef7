package org.machineregistry.connection;

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

class RequestTurnsTest {
    private final AtomicInteger cutOff = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel(new RequestTurns(true, cutOff::incrementAndGet));

    RequestTurnsTest() {
        // The handler comes with the head of the first request.
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        passed();
    }

    @Test
    void a_request_waits_until_the_one_before_it_was_answered() {
        ask("/1");
        ask("/2");
        assertThat(passed()).isEmpty();

        answer(HttpResponseStatus.OK);
        assertThat(passed()).containsExactly("/1");
        answer(HttpResponseStatus.OK);
        assertThat(passed()).containsExactly("/2");

        answer(HttpResponseStatus.OK);
        ask("/3");
        assertThat(passed()).containsExactly("/3");
    }

    @Test
    void it_waits_until_the_body_of_the_one_before_it_has_come() {
        answer(HttpResponseStatus.OK);
        channel.writeInbound(new DefaultHttpRequest(HTTP_1_1, HttpMethod.POST, "/1"));
        answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        channel.writeInbound(new DefaultHttpContent(Unpooled.buffer()), LastHttpContent.EMPTY_LAST_CONTENT);
        ask("/2");

        assertThat(passed()).containsExactly("/1", "/2");
    }

    @Test
    void of_a_packet_one_is_handed_on_at_a_time_also_where_each_is_answered_at_once() {
        EmbeddedChannel quick = new EmbeddedChannel(new RequestTurns(false, cutOff::incrementAndGet), new Answering());
        quick.writeOutbound(new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.OK));

        quick.writeInbound(Stream.generate(() -> new DefaultHttpRequest(HTTP_1_1, HttpMethod.GET, "/"))
                .limit(20).flatMap(request -> Stream.of(request, LastHttpContent.EMPTY_LAST_CONTENT)).toArray());

        assertThat(cutOff).hasValue(1);
    }

    private static final class Answering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof LastHttpContent) {
                context.writeAndFlush(new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.OK));
            }
        }
    }

    @Test
    void that_it_may_go_on_is_no_answer() {
        ask("/1");
        answer(HttpResponseStatus.CONTINUE);
        assertThat(passed()).isEmpty();

        answer(HttpResponseStatus.OK);
        assertThat(passed()).containsExactly("/1");
    }

    @Test
    void it_waits_while_answers_are_not_taken() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        ask("/1");
        channel.write(
                new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(new byte[10])));
        channel.runPendingTasks();
        assertThat(passed()).isEmpty();

        channel.flush();
        channel.runPendingTasks();
        assertThat(passed()).containsExactly("/1");
    }

    @Test
    void who_sends_many_without_waiting_is_cut_off() {
        for (int i = 0; i < 4; i++) {
            ask("/" + i);
        }
        assertThat(cutOff).hasValue(0);

        ask("/one-more");
        ask("/in-the-same-packet");

        assertThat(cutOff).hasValue(1);
        assertThat(passed()).isEmpty();
    }

    @Test
    void so_is_who_sends_a_long_body_without_waiting() {
        ask("/1");
        ByteBuf first = Unpooled.wrappedBuffer(new byte[64 * 1024]);
        ByteBuf second = Unpooled.wrappedBuffer(new byte[1]);

        channel.writeInbound(new DefaultHttpContent(first));
        assertThat(cutOff).hasValue(0);
        channel.writeInbound(new DefaultHttpContent(second));

        assertThat(cutOff).hasValue(1);
        assertThat(first.refCnt() + second.refCnt()).isZero();
    }

    @Test
    void where_the_first_request_has_come_as_a_whole_the_next_one_waits_for_its_answer_alone() {
        EmbeddedChannel late = new EmbeddedChannel(new RequestTurns(false, cutOff::incrementAndGet));
        late.writeOutbound(new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.OK));

        late.writeInbound(new DefaultHttpRequest(HTTP_1_1, HttpMethod.GET, "/2"));

        assertThat((Object) late.readInbound()).isInstanceOf(HttpRequest.class);
    }

    @Test
    void what_waits_is_let_go_of_with_the_connection() {
        ask("/1");
        ByteBuf body = Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII);
        channel.writeInbound(new DefaultHttpContent(body));

        channel.close();

        assertThat(body.refCnt()).isZero();
    }

    @Test
    void frames_of_a_socket_do_not_wait() {
        answer(HttpResponseStatus.OK);
        ask("/socket");
        answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
        TextWebSocketFrame frame = new TextWebSocketFrame("a");

        channel.writeInbound(frame);

        assertThat((Object) channel.readInbound()).isInstanceOf(HttpRequest.class);
        assertThat((Object) channel.readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat((Object) channel.readInbound()).isSameAs(frame);
        frame.release();
    }

    private void ask(String path) {
        channel.writeInbound(new DefaultHttpRequest(HTTP_1_1, HttpMethod.GET, path),
                LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void answer(HttpResponseStatus status) {
        channel.writeOutbound(new DefaultFullHttpResponse(HTTP_1_1, status));
        channel.runPendingTasks();
    }

    private List<String> passed() {
        List<String> paths = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpRequest request) {
                paths.add(request.uri());
            }
        }
        return paths;
    }
}
