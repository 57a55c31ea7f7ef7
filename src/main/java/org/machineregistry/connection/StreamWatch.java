package org.machineregistry.connection;

import java.time.Duration;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2Stream.State;
import io.vertx.core.http.HttpServerRequest;

/**
 * Ends streams of an HTTP/2 connection whose request does not come to an end, or whose answer is not taken; others may well be answered
 * meanwhile.
 *
 * <p>Reaches into Netty's HTTP/2 connection: Vert.x does not show the streams whose heads have not come.
 */
final class StreamWatch {
    private static final int LIMITS_FOR_AN_ANSWER = 6;

    private final ChannelHandlerContext context;
    private final Http2ConnectionHandler streams;
    /** The key of the time since when a stream was seen waiting for the rest of its request. */
    private final Http2Connection.PropertyKey since;
    /** The key of the time since when its answer was seen waiting for its reader. */
    private final Http2Connection.PropertyKey untakenSince;
    private final Http2Connection.PropertyKey inPieces;

    StreamWatch(ChannelHandlerContext context) {
        this.context = context;
        this.streams = (Http2ConnectionHandler) context.handler();
        this.since = streams.connection().newKey();
        this.untakenSince = streams.connection().newKey();
        this.inPieces = streams.connection().newKey();
    }

    /** Whether a request that begins has said in its head that nothing follows. */
    static boolean endsWithHead(HttpServerRequest request, ChannelPipeline pipeline) {
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        Http2Stream stream = handler == null ? null : handler.connection().stream(request.streamId());
        return stream == null || stream.state() == State.HALF_CLOSED_REMOTE;
    }

    int count() {
        return streams.connection().numActiveStreams();
    }

    void answersInPieces(int streamId) {
        Http2Stream stream = streams.connection().stream(streamId);
        if (stream != null) {
            stream.setProperty(inPieces, Boolean.TRUE);
        }
    }

    /** @return how many were ended */
    int endLate(Duration limit) {
        int[] ended = {0};
        try {
            streams.connection().forEachActiveStream(stream -> {
                ended[0] += isLate(stream, limit) ? 1 : 0;
                return true;
            });
        } catch (Http2Exception broken) {
            context.fireExceptionCaught(broken);
        }
        return ended[0];
    }

    private boolean isLate(Http2Stream stream, Duration limit) {
        boolean isComing = stream.state() == State.OPEN || stream.state() == State.HALF_CLOSED_LOCAL;
        boolean isUntaken = !isComing && stream.getProperty(inPieces) == null
                && streams.connection().remote().flowController().hasFlowControlled(stream);
        if (!isUntaken) {
            stream.removeProperty(untakenSince);
        }
        // Netty does not show whether a slow reader takes some of an answer: it has longer for all of it.
        Duration longest = isComing ? limit : limit.multipliedBy(LIMITS_FOR_AN_ANSWER);
        if (!isComing && !isUntaken || !isOver(stream, isComing ? since : untakenSince, longest)) {
            return false;
        }
        streams.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
        context.flush();
        return true;
    }

    /** Whether it has been so for longer than this since it was first seen. */
    private static boolean isOver(Http2Stream stream, Http2Connection.PropertyKey firstSeen, Duration limit) {
        Long seen = stream.getProperty(firstSeen);
        if (seen == null) {
            stream.setProperty(firstSeen, System.nanoTime());
        }
        return seen != null && System.nanoTime() - seen > limit.toNanos();
    }
}
