package org.machineregistry.http;

import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/**
 * Tells failures that are nobody's, because a client has gone, from the service's own.
 *
 * <p>Reaches into Netty's HTTP/2: Vert.x hands on its exception as it is.
 */
// Vert.x 4.5.27 over Netty 4.1.137 has no type for all of them: an upgrade is to be searched for one. No test tells when it is there.
// LogIT and Http2IT turn red where an upgrade reports a client that has gone in other words than those below.
final class ClientGone {
    // The JDK, Netty and Vert.x report so that the other side has ended a connection or stream.
    private static final Set<String> BROKEN = Set.of("Connection reset", "Broken pipe", "Stream no longer exists",
            "Request has already been read", "Failed to write");

    // Vert.x 4.5 completes a handshake of a WebSocket here, and fails where the connection ended meanwhile.
    private static final String HANDSHAKE = "io.vertx.core.http.impl.Http1xServerConnection";

    private ClientGone() {}

    static boolean isCauseOf(Throwable failure) {
        // The driver for the database has connections, too.
        return causes(failure).noneMatch(SQLException.class::isInstance) && causes(failure).anyMatch(ClientGone::isIt);
    }

    private static boolean isIt(Throwable cause) {
        return cause instanceof ClosedChannelException || cause instanceof HttpClosedException
                || cause instanceof StreamResetException || cause instanceof Http2Exception
                || isHandshake(cause)
                || cause.getMessage() != null && BROKEN.stream().anyMatch(cause.getMessage()::contains);
    }

    private static boolean isHandshake(Throwable cause) {
        return cause instanceof IllegalStateException && Stream.of(cause.getStackTrace()).limit(2)
                .anyMatch(frame -> frame.getClassName().equals(HANDSHAKE));
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
