package org.machineregistry.response;

import java.util.function.Consumer;

import org.machineregistry.connection.RequestConnection;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Writes one answer as fast as its reader takes it: a piece is handed to Vert.x when the operating system has taken the one
 * before. So no more than a piece of it is ever queued for a connection.
 */
final class PacedResponse implements PieceSource.Writer {
    /** As many bytes are handed over at a time: of a reader who does not read, so many are copied by Netty, and kept. */
    static final int MOST_AT_A_TIME = 16 * 1024;
    // RFC 9113, section 7: CANCEL.
    private static final long CANCEL = 0x8;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final PieceSource source;
    private final Consumer<PacedResponse> finished;
    private byte[] piece;
    private int written;
    private boolean writing;
    private boolean over;
    private long writingSince;

    /** @param finished called once, when it is over */
    PacedResponse(HttpServerRequest request, Context context, PieceSource source,
            Consumer<PacedResponse> finished) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.source = source;
        this.finished = finished;
    }

    void start() {
        if (source.length() < 0) {
            response.setChunked(true);
        } else {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(source.length()));
        }
        RequestConnection.answersInPieces(request);
        source.attach(this);
        more();
    }

    @Override
    public void more() {
        synchronized (this) {
            if (writing || over) {
                return;
            }
        }
        // The next piece does not follow at once: a fast reader of a large answer takes turns with the other connections of its event loop.
        context.runOnContext(now -> writeNext());
    }

    private void writeNext() {
        synchronized (this) {
            if (writing || over || !hasNext()) {
                return;
            }
            writing = true;
            writingSince = System.nanoTime();
        }
        if (response.closed() || response.ended()) {
            end();
        } else if (piece == null) {
            response.end();
            end();
        } else {
            int some = Math.min(MOST_AT_A_TIME, piece.length - written);
            Buffer bytes = Buffer.buffer(some).appendBytes(piece, written, some);
            written += some;
            response.write(bytes).onComplete(this::written);
        }
    }

    /** @return whether there is something to write, or the end of it, which is no piece */
    private boolean hasNext() {
        if (piece == null || written == piece.length) {
            piece = source.next();
            written = 0;
        }
        return piece != null || source.isOver();
    }

    private void written(AsyncResult<Void> result) {
        if (result.failed()) {
            // The reader has gone, which is its own affair.
            end();
            return;
        }
        synchronized (this) {
            writing = false;
        }
        more();
    }

    /** Cuts off a reader who has not taken a piece for this long. */
    void cutOffIfStuck(long nanos) {
        boolean stuck;
        synchronized (this) {
            stuck = writing && !over && System.nanoTime() - writingSince > nanos;
        }
        if (stuck) {
            cutOff();
        }
    }

    @Override
    public void cutOff() {
        if (end()) {
            context.runOnContext(now -> {
                if (request.version() == HttpVersion.HTTP_2) {
                    response.reset(CANCEL);
                } else {
                    RequestConnection.cutOff(request);
                }
            });
        }
    }

    /** @return whether it was not over before */
    boolean end() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        source.ended();
        finished.accept(this);
        return true;
    }
}
