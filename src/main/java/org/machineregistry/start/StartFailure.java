package org.machineregistry.start;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.machineregistry.embedded.EmbeddedDatabaseException;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.bootstrap.logging.QuarkusDelayedHandler;
import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;

/** Says in one line why the service did not start. The stack trace is logged at DEBUG: it helps only who develops. */
final class StartFailure {

    private static final Logger LOG = Logger.getLogger(StartFailure.class);

    private StartFailure() {}

    /**
     * A start that fails before logging is set up would print all that was logged until then, over the one line that
     * matters; Quarkus puts in a plain handler for that, which then only gets the warnings.
     */
    static void dropEarlyLog() {
        QuarkusDelayedHandler handler = InitialConfigurator.DELAYED_HANDLER;
        handler.setFilter(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                || Stream.of(handler.getHandlers()).noneMatch(ConsoleHandler.class::isInstance));
    }

    static void report(Throwable failure) {
        LOG.debug("The service did not start", failure);
        System.err.println("The service did not start. " + describe(failure));
    }

    static String describe(Throwable failure) {
        if (failure instanceof EmbeddedDatabaseException) {
            return oneLine(failure.getMessage());
        }
        Throwable cause = rootOf(failure);
        if (cause instanceof QuarkusBindException bind) {
            return "Port " + bind.getPort() + " of " + bind.getHost()
                    + " cannot be used, another program may have it: set quarkus.http.port to a free one.";
        }
        if (cause instanceof ConfigValidationException invalid) {
            return IntStream.range(0, invalid.getProblemCount())
                    .mapToObj(invalid::getProblem)
                    .map(problem -> oneLine(problem.getMessage()))
                    .collect(Collectors.joining("; "));
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : oneLine(cause.getMessage());
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("(?:[a-z]\\w*\\.)+\\w*(?:Exception|Error): ", "")
                .trim();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
