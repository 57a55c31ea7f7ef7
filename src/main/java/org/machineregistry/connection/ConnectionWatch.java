package org.machineregistry.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.machineregistry.connection.Exchange.Phase;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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

    private final Connections connections;
    private final Place place;
    private Channel channel;

    // The fields from here on belong to the event loop alone.
    private Exchange exchange;
    private boolean takesTurns;
    private Phase phase = Phase.HEAD;
    private int requestsThen;
    private long since;
    private long admittedAt;

    ConnectionWatch(Connections connections) {
        this.connections = connections;
        this.place = new Place(connections, this::end);
    }

    /** On a connection that was just accepted, which counts from now on. */
    static ConnectionWatch ofAccepted(Connections connections) {
        ConnectionWatch watch = new ConnectionWatch(connections);
        watch.place.comes();
        return watch;
    }

    /** The head of a request has come. */
    void begin(HttpServerRequest begun, boolean withBody) {
        exchange.begin(begun, withBody);
        if (exchange.requests() == 1 && !withBody && begun.version() != HttpVersion.HTTP_2) {
            place.makeReplaceable(false);
        }
    }

    boolean takesTurns() {
        return takesTurns;
    }

    /** Whether what was read is being handed on: the head of a request has come then, and its end not yet. */
    boolean isReading() {
        return exchange.isReading();
    }

    RequestTurns turns() {
        takesTurns = true;
        return new RequestTurns(isReading(), () -> {
            connections.tally().hasty();
            end();
        });
    }

    /** Whether another stream of HTTP/2 may be answered. */
    boolean mayHaveStream() {
        StreamWatch streams = exchange.streams();
        return streams == null || place.mayHaveStreams(streams.count());
    }

    void answersInPieces(int streamId) {
        exchange.streams().answersInPieces(streamId);
    }

    void readBody() {
        exchange.readBody();
    }

    void bodyCame() {
        exchange.bodyCame();
    }

    void know() {
        place.know();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        exchange = new Exchange(channel);
        place.came();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        since = System.nanoTime();
        admittedAt = since;
        if (!place.take(channel.remoteAddress())) {
            end();
            return;
        }
        lookLater();
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        place.leave();
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        exchange.readingBegins();
        super.channelRead(context, message);
        exchange.readingEnds();
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
    private void end() {
        RequestConnection.cutOff(channel.pipeline());
    }

    private void look() {
        exchange.forgetWhatIsOver();
        if (!channel.isActive() || channel.pipeline().context(SOCKET) != null) {
            exchange.forget();
            return;
        }
        lookAtStreams();
        Phase now = exchange.phase();
        if (now != phase || exchange.requests() != requestsThen || now == Phase.UNTAKEN && exchange.hasTakenMore()) {
            phase = now;
            requestsThen = exchange.requests();
            since = System.nanoTime();
        } else if (now != Phase.ANSWER && System.nanoTime() - since > limit().toNanos()) {
            if (now != Phase.IDLE) {
                connections.tally().late();
            }
            end();
            return;
        }
        place.makeReplaceable(!exchange.waitsForFirstAnswer()
                || System.nanoTime() - admittedAt >= connections.requestTimeout.toNanos());
        lookLater();
    }

    private void lookAtStreams() {
        StreamWatch streams = exchange.streams();
        if (streams == null) {
            return;
        }
        place.hasStreams(streams.count());
        for (int late = streams.endLate(connections.requestTimeout); late > 0; late--) {
            connections.tally().late();
        }
    }

    private void lookLater() {
        long pause = Math.min(place.isKnown() ? LONGEST_PAUSE : PAUSE_OF_UNKNOWN,
                Math.max(1, connections.requestTimeout.toMillis() / LOOKS_PER_TIMEOUT));
        channel.eventLoop().schedule(this::look, pause, TimeUnit.MILLISECONDS);
    }

    private Duration limit() {
        return phase == Phase.IDLE && place.isKnown() ? connections.idleTimeout : connections.requestTimeout;
    }
}
