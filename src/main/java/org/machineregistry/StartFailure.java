package org.machineregistry;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;
import org.machineregistry.embedded.EmbeddedDatabaseException;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;

/** Says in one line why the service did not start. The stack trace is logged at DEBUG: it helps only who develops. */
final class StartFailure {

    private static final Logger LOG = Logger.getLogger(StartFailure.class);

    private StartFailure() {}

    static void report(Throwable failure) {
        LOG.debug("The service did not start", failure);
        dropEarlyLog();
        System.err.println("The service did not start. " + describe(failure));
    }

    static String describe(Throwable failure) {
        if (failure instanceof EmbeddedDatabaseException) {
            return oneLine(failure.getMessage());
        }
        Throwable cause = ExceptionUtil.getRootCause(failure);
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

    // What was logged before logging was set up would all be printed at the end, over the one line that matters.
    private static void dropEarlyLog() {
        if (!InitialConfigurator.DELAYED_HANDLER.isActivated()) {
            Handler warnings = InitialConfigurator.createDefaultHandler();
            warnings.setLevel(Level.WARNING);
            InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[]{warnings});
        }
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ")
            .replaceAll("(?:[a-z]\\w*\\.)+\\w*(?:Exception|Error): ", "")
            .trim();
    }
}
