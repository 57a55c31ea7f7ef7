package org.machineregistry.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Lets those who deal with a request tell the watch on its connection what they know, and ask it what it knows.
 *
 * <p>Reaches into Vert.x's connection for its channel, which is where the watch on it stands.
 */
public final class RequestConnection {

    private RequestConnection() {}

    /**
     * The head of a request has come, and says whether a body follows.
     *
     * @return whether it may be answered: an unknown connection may have a few streams of HTTP/2 alone
     */
    public static boolean began(HttpServerRequest request, boolean hasBody) {
        ConnectionWatch watch = watch(request);
        if (watch == null) {
            return true;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            watch.begin(request, hasBody);
            return watch.mayHaveStream();
        }
        // The first request has come as far as Vert.x: those behind it are held back there. Where it waited before (Quarkus may ask for the
        // address of a proxy's name), a body that has come as a whole cannot be told from one that has not: the next request is the first.
        if (!watch.takesTurns() && (watch.isReading() || !hasBody)) {
            pipeline(request).addBefore(((ConnectionBase) request.connection()).channelHandlerContext().name(),
                    RequestTurns.class.getSimpleName(), watch.turns());
        }
        watch.begin(request, hasBody);
        return true;
    }

    /** It is answered in pieces, each when the one before was taken, by who cuts off a reader who takes none. */
    public static void answersInPieces(HttpServerRequest request) {
        ConnectionWatch watch = request.version() == HttpVersion.HTTP_2 ? watch(request) : null;
        if (watch != null) {
            watch.answersInPieces(request.streamId());
        }
    }

    /** Tells that whoever asks has shown a good credential. */
    public static void known(HttpServerRequest request) {
        ConnectionWatch watch = watch(request);
        if (watch != null) {
            watch.know();
        }
    }

    /** From now on the rest of the body is waited for; before, the service did not ask for it. */
    public static void readsBody(HttpServerRequest request) {
        ConnectionWatch watch = watch(request);
        if (watch != null) {
            watch.readBody();
        }
    }

    /**
     * Ends the connection with all that waits to be sent. What closes it through Vert.x's own handler (4.5) first writes what is
     * queued, for which a client that does not read would have to read.
     */
    public static void cutOff(HttpServerRequest request) {
        cutOff(pipeline(request));
    }

    static void cutOff(ChannelPipeline pipeline) {
        ChannelHandlerContext first = pipeline.firstContext();
        // Netty takes all handlers off a connection that has ended.
        if (first != null) {
            first.close();
        }
    }

    /** The body has come as a whole. */
    public static void bodyCame(HttpServerRequest request) {
        ConnectionWatch watch = watch(request);
        if (watch != null) {
            watch.bodyCame();
        }
    }

    /** Whether a request of HTTP/2 that begins has said in its head that nothing follows. */
    public static boolean endsWithHead(HttpServerRequest request) {
        return StreamWatch.endsWithHead(request, pipeline(request));
    }

    // The watch on a request's connection; null where Netty was not told to look for the guard.
    private static ConnectionWatch watch(HttpServerRequest request) {
        return pipeline(request).get(ConnectionWatch.class);
    }

    // Vert.x has no public way from a request to its channel (4.5).
    private static ChannelPipeline pipeline(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().pipeline();
    }
}
