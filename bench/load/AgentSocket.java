import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a machine's socket says and hears, without a library: a service sends it pings, and why it closes. */
final class AgentSocket {
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    /** Why the service closes a socket. */
    record Closed(int code, String reason) {}

    private AgentSocket() {}

    static ByteBuffer handshake(int machine) {
        return StandardCharsets.US_ASCII.encode("GET /api/agent/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Authorization: Bearer " + Load.token(machine) + "\r\n\r\n");
    }

    /** Answers what is there, but for a frame that has not come as a whole, which stays; null where the service does not close. */
    static Closed hear(ByteBuffer frames, SocketChannel channel) throws IOException {
        Closed closed = null;
        while (frames.remaining() >= 2 && frames.remaining() >= 2 + frames.get(frames.position() + 1)) {
            int type = Byte.toUnsignedInt(frames.get());
            byte[] said = new byte[frames.get()];
            frames.get(said);
            if (type == PING) {
                answer(channel, PONG, said);
            } else if (type == CLOSE) {
                answer(channel, CLOSE, Arrays.copyOf(said, 2));
                closed = new Closed(Short.toUnsignedInt(ByteBuffer.wrap(said).getShort()),
                        new String(said, 2, said.length - 2, StandardCharsets.UTF_8));
            }
        }
        return closed;
    }

    /** Clients mask what they say; a mask of zeros leaves it as it is. */
    private static void answer(SocketChannel channel, int type, byte[] said) throws IOException {
        channel.write(ByteBuffer.allocate(6 + said.length).put((byte) type).put((byte) (0x80 | said.length)).putInt(0).put(said).flip());
    }
}
