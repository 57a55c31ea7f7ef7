package org.machineregistry.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpServerRequest;

/**
 * How far the requests of a connection and their answers have come, and so whether its client lets the service wait, or the service its
 * client. Belongs to the event loop alone.
 *
 * <p>Reaches into Netty's pipeline and buffer: Vert.x does not show of an answer how much the operating system has taken.
 */
final class Exchange {

    /** The next step of an exchange, and who takes it. */
    enum Phase {
        /** From the client: the head of a request. */
        HEAD,
        /** From the client: the rest of a body. */
        BODY,
        /** From the service: an answer. */
        ANSWER,
        /** From the client: taking an answer. */
        UNTAKEN,
        /** Another request, for which nobody waits. */
        IDLE
    }

    private final Channel channel;
    /** Null where none is under way. */
    private HttpServerRequest request;
    private boolean hasBody;
    private boolean readsBody;
    private int requests;
    private boolean headBegun;
    private boolean reading;
    private int requestsBefore;
    private boolean overBefore;
    private long unsent;
    private StreamWatch streams;

    Exchange(Channel channel) {
        this.channel = channel;
    }

    /** The head of a request has come. */
    void begin(HttpServerRequest begun, boolean withBody) {
        request = begun;
        hasBody = withBody;
        readsBody = false;
        requests++;
        headBegun = false;
    }

    void readBody() {
        readsBody = true;
    }

    /** Vert.x takes a request for one that has not ended where it is paused, as the REST layer does with it. */
    void bodyCame() {
        hasBody = false;
    }

    /** Notes that what was read is handed on, until {@link #readingEnds}. */
    void readingBegins() {
        requestsBefore = requests;
        overBefore = isOver();
        reading = true;
    }

    void readingEnds() {
        reading = false;
        if (overBefore && requests == requestsBefore) {
            headBegun = true;
        }
    }

    /** Whether what was read is being handed on: the head of a request has come then, and its end not yet. */
    boolean isReading() {
        return reading;
    }

    /** How many requests have begun. */
    int requests() {
        return requests;
    }

    /** The streams of HTTP/2; null where it is spoken not, or not yet. */
    StreamWatch streams() {
        if (streams == null) {
            ChannelHandlerContext http2 = channel.pipeline().context(Http2ConnectionHandler.class);
            streams = http2 == null ? null : new StreamWatch(http2);
        }
        return streams;
    }

    /** Lets all go that a request held which is over. */
    void forgetWhatIsOver() {
        if (isOver()) {
            request = null;
        }
    }

    void forget() {
        request = null;
    }

    Phase phase() {
        if (streams != null && streams.count() > 0) {
            return Phase.ANSWER;
        }
        if (isOver()) {
            if (unsentNow() > 0) {
                return Phase.UNTAKEN;
            }
            return requests == 0 || headBegun && streams == null ? Phase.HEAD : Phase.IDLE;
        }
        // Until the service reads it, or has answered without, a body lies there unread, which is no fault of its sender.
        boolean waitsForBody = readsBody || request.response().ended();
        return waitsForBody && !hasCome() ? Phase.BODY : Phase.ANSWER;
    }

    /** Whether its client has taken some of an answer, if slowly, since this was asked last: it is noted how much is left. */
    boolean hasTakenMore() {
        long before = unsent;
        unsent = unsentNow();
        return unsent < before;
    }

    /**
     * Whether its first request is under way, and the service has still to answer. Who does not send a body, or take an answer, lets the
     * service wait; and whoever is unknown after an answer had the chance to be known. Of a stream of HTTP/2 none of that can be told.
     */
    boolean waitsForFirstAnswer() {
        return requests == 1 && streams == null && phase() == Phase.ANSWER && unsentNow() == 0;
    }

    /** How many bytes of answers the operating system did not take yet. */
    private long unsentNow() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }

    private boolean isOver() {
        // A stream that was reset has neither ended for Vert.x nor been answered.
        return request == null || streams != null && streams.count() == 0 || request.response().ended() && hasCome();
    }

    /** One without a body that nobody reads does not end for Vert.x. */
    private boolean hasCome() {
        return !hasBody || request.isEnded();
    }
}
