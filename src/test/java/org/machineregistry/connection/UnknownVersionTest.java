package org.machineregistry.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

class UnknownVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/1.10", "XTTP/1.1", "A/1.1",
            // of http/1.1
            "HTTP/1.1"})
    void what_vertx_says_to_an_unknown_version_is_400(String version) {
        assertThat(sent(version + " 501 Not Implemented\r\ncontent-length: 0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 404 Not Found\r\n\r\n",
            "HTTP/1.1 500 Not Implemented\r\n\r\n",
            "{\"name\":\"a\"}", "", "a 501 Not Implemented\n", "\u0000\u0000\u0006\u0004\u0000",
            "HTTP/2.0 501 Not Impl"})
    void all_else_is_sent_as_it_is(String text) {
        assertThat(sent(text)).isEqualTo(text);
    }

    private static String sent(String text) {
        EmbeddedChannel channel = new EmbeddedChannel(new UnknownVersion());
        channel.writeOutbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        ByteBuf sent = channel.readOutbound();
        String said = sent.toString(StandardCharsets.ISO_8859_1);
        sent.release();
        channel.finish();
        return said;
    }
}
