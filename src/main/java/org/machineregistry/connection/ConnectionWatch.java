package org.machineregistry.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Ends a connection whose client lets the service wait: for the head of a request, for its body, until it takes an answer, or between
 * requests. It looks now and then, so that a request costs no timer. What is being answered has all the time that it needs; a stream
 * of events is, and {@code response} looks after answers in pieces.
 *
 * <p>Reaches into Netty's pipeline: Vert.x has a time limit for idle connections, and none for heads and bodies.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(ConnectionWatch.class);
    // Netty's WebSocketServerHandshaker puts it where the decoder of HTTP was: what is a socket has its own rules.
    private static final String SOCKET = "wsdecoder";
    private static final int LOOKS_PER_TIMEOUT = 4;
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toMillis(2);
    // So long each has at least to say who it is, however many come.
    private static final long PAUSE_OF_UNKNOWN = 250;

    private enum Phase {
        HEAD, BODY, ANSWER, UNTAKEN, IDLE
    }

    private final Connections connections;
    /** Whether it counts as accepted, and its event loop has not looked at it yet. */
    private boolean comes;
    private Channel channel;
    AddressBlock address;
    /** Whether it counts among the known; guarded by {@link Connections}. */
    boolean counted;
    /** How many streams it has while it is unknown; guarded by {@link Connections}. */
    int streamsCounted;

    // The fields from here on belong to the event loop alone. The request is null where none is under way.
    private HttpServerRequest request;
    private boolean hasBody;
    private boolean readsBody;
    private int requests;
    private boolean headBegun;
    private boolean known;
    private boolean replaceable;
    private boolean takesTurns;
    private boolean reading;
    private long unsent;
    private Phase phase = Phase.HEAD;
    private int requestsThen;
    private long since;
    private long admittedAt;
    private StreamWatch streams;

    ConnectionWatch(Connections connections) {
        this.connections = connections;
    }

    /** On a connection that was just accepted, which counts from now on. */
    static ConnectionWatch ofAccepted(Connections connections) {
        ConnectionWatch watch = new ConnectionWatch(connections);
        watch.comes = true;
        connections.coming();
        return watch;
    }

    /** The head of a request has come. */
    void begin(HttpServerRequest begun, boolean withBody) {
        request = begun;
        hasBody = withBody;
        readsBody = false;
        requests++;
        headBegun = false;
        if (replaceable && requests == 1 && !withBody && begun.version() != HttpVersion.HTTP_2) {
            makeReplaceable(false);
        }
    }

    boolean takesTurns() {
        return takesTurns;
    }

    /** Whether what was read is being handed on: the head of a request has come then, and its end not yet. */
    boolean isReading() {
        return reading;
    }

    RequestTurns turns() {
        takesTurns = true;
        return new RequestTurns(reading, () -> {
            connections.tally().hasty();
            end();
        });
    }

    /** Whether another stream of HTTP/2 may be answered: of unknown connections there are few, each and all together. */
    boolean mayHaveStream() {
        findStreams();
        return streams == null || known || connections.mayHaveStreams(this, streams.count());
    }

    void answersInPieces(int streamId) {
        findStreams();
        streams.answersInPieces(streamId);
    }

    void readBody() {
        readsBody = true;
    }

    /** Vert.x takes a request for one that has not ended where it is paused, as the REST layer does with it. */
    void bodyCame() {
        hasBody = false;
    }

    void know() {
        if (!known) {
            known = true;
            connections.streams(this, 0);
            connections.known(this);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (comes) {
            comes = false;
            connections.came();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        channel = context.channel();
        address = AddressBlock.of(channel.remoteAddress());
        since = System.nanoTime();
        admittedAt = since;
        if (!connections.admit(this)) {
            end();
            return;
        }
        lookLater();
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        connections.closed(this);
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        int before = requests;
        boolean wasOver = isOver();
        reading = true;
        super.channelRead(context, message);
        reading = false;
        if (wasOver && requests == before) {
            headBegun = true;
        }
    }

    /** A client that resets its connection is nobody's failure. All that is above hears of the end. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof IOException) {
            LOG.debugf("A connection broke: %s", cause);
            context.close();
        } else {
            super.exceptionCaught(context, cause);
        }
    }

    /** Ends the connection, from any thread. */
    void end() {
        RequestConnection.cutOff(channel.pipeline());
    }

    private void look() {
        if (isOver()) {
            // All that it held is free to go.
            request = null;
        }
        if (!channel.isActive() || channel.pipeline().context(SOCKET) != null) {
            request = null;
            return;
        }
        lookAtStreams();
        Phase now = phase();
        if (now != phase || requests != requestsThen || now == Phase.UNTAKEN && isTaking()) {
            phase = now;
            requestsThen = requests;
            since = System.nanoTime();
        } else if (now != Phase.ANSWER && System.nanoTime() - since > limit().toNanos()) {
            if (now != Phase.IDLE) {
                connections.tally().late();
            }
            end();
            return;
        }
        if (!known) {
            makeReplaceable(!waitsForService());
        }
        lookLater();
    }

    private void makeReplaceable(boolean now) {
        if (now && !replaceable) {
            connections.replaceable(this);
        } else if (!now && replaceable) {
            connections.waits(this);
        }
        replaceable = now;
    }

    /**
     * Whether its first request is under way, and the service has still to answer: what had come before this look was read before it. Who
     * does not send a body, or take an answer, lets the service wait; and whoever is unknown after an answer had the chance to be known. Of
     * a stream of HTTP/2 none of that can be told.
     */
    private boolean waitsForService() {
        return requests == 1 && phase == Phase.ANSWER && streams == null && unsent() == 0
                && System.nanoTime() - admittedAt < connections.requestTimeout.toNanos();
    }

    private void findStreams() {
        if (streams == null) {
            ChannelHandlerContext http2 = channel.pipeline().context(Http2ConnectionHandler.class);
            streams = http2 == null ? null : new StreamWatch(http2);
        }
    }

    private void lookAtStreams() {
        findStreams();
        if (streams != null && !known) {
            connections.streams(this, streams.count());
        }
        for (int late = streams == null ? 0 : streams.endLate(connections.requestTimeout); late > 0; late--) {
            connections.tally().late();
        }
    }

    private void lookLater() {
        long pause = Math.min(known ? LONGEST_PAUSE : PAUSE_OF_UNKNOWN,
                Math.max(1, timeoutMillis() / LOOKS_PER_TIMEOUT));
        channel.eventLoop().schedule(this::look, pause, TimeUnit.MILLISECONDS);
    }

    private Phase phase() {
        if (streams != null && streams.count() > 0) {
            return Phase.ANSWER;
        }
        if (isOver()) {
            if (isUntaken()) {
                return Phase.UNTAKEN;
            }
            return requests == 0 || headBegun && streams == null ? Phase.HEAD : Phase.IDLE;
        }
        // Until the service reads it, or has answered without, a body lies there unread, which is no fault of its sender.
        boolean waitsForBody = readsBody || request.response().ended();
        return waitsForBody && !hasCome() ? Phase.BODY : Phase.ANSWER;
    }

    private boolean isUntaken() {
        return unsent() > 0;
    }

    /** Whether its client takes an answer, if slowly. */
    private boolean isTaking() {
        long before = unsent;
        unsent = unsent();
        return unsent < before;
    }

    /** How many bytes of answers the operating system did not take yet. */
    private long unsent() {
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

    private Duration limit() {
        return phase == Phase.IDLE && known ? connections.idleTimeout : connections.requestTimeout;
    }

    private long timeoutMillis() {
        return connections.requestTimeout.toMillis();
    }
}
