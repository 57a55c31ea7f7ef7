package org.machineregistry.response;

import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.machineregistry.timer.Timers;

import io.vertx.ext.web.RoutingContext;

/**
 * Writes what comes in pieces, in the way of Quarkus REST's own writer of files (ServerVertxAsyncFileMessageBodyWriter): the
 * request is suspended until the last piece was taken.
 *
 * <p>Reaches into Quarkus REST's request: it alone is suspended and resumed, and is what a writer of its own is given.
 */
@Provider
public class PacedWriter implements ServerMessageBodyWriter<PieceSource> {
    /** A reader who does not take what was handed over within this time is cut off. */
    static final long PATIENCE_SECONDS = 10;
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final Set<PacedResponse> responses = ConcurrentHashMap.newKeySet();

    PacedWriter(Timers timers) {
        timers.every(LOOK_EVERY_MILLIS, this::cutOffStuck);
    }

    private void cutOffStuck() {
        long patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        responses.forEach(response -> response.cutOffIfStuck(patience));
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, ResteasyReactiveResourceInfo target,
            MediaType mediaType) {
        return PieceSource.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return PieceSource.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(PieceSource source, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext rest = (ResteasyReactiveRequestContext) context;
        RoutingContext routing = rest.unwrap(RoutingContext.class);
        rest.suspend();
        PacedResponse response = new PacedResponse(routing.request(), routing.vertx().getOrCreateContext(), source,
                over -> {
                    responses.remove(over);
                    rest.close();
                });
        responses.add(response);
        routing.addEndHandler(ended -> response.end());
        response.start();
    }

    @Override
    public void writeTo(PieceSource source, Class<?> type, Type genericType, Annotation[] annotations,
            MediaType mediaType, MultivaluedMap<String, Object> headers, OutputStream output) {
        throw new UnsupportedOperationException("Pieces are written to the connection itself");
    }
}
