package org.machineregistry.http;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import io.quarkus.logging.LoggingFilter;

/**
 * Keeps out of the log what the web server's layers say when a client has gone in the middle of an answer, each with a stack trace:
 * anyone could fill the log by closing connections. They offer no other way to tell it from a failure of the service.
 */
@LoggingFilter(name = ClientGoneFilter.NAME)
public final class ClientGoneFilter implements Filter {
    static final String NAME = "client-gone";
    private static final List<String> WEB_SERVER = List.of("org.jboss.resteasy.", "io.quarkus.vertx.",
            "io.quarkus.websockets.",
            "io.quarkus.mutiny.", "io.vertx.core.", "io.vertx.ext.web.", "io.netty.");

    @Override
    public boolean isLoggable(LogRecord record) {
        return record.getLevel().intValue() < Level.INFO.intValue() || record.getThrown() == null
                || WEB_SERVER.stream().noneMatch(record.getLoggerName()::startsWith)
                || !ClientGone.isCauseOf(record.getThrown());
    }
}
