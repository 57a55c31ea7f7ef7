package org.machineregistry.problem;

import java.sql.SQLException;
import java.util.stream.Stream;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** A database that is away is 503, to be tried again; any other failure that nobody expected is ours, a 500. */
public class DatabaseProblems {
    private static final Logger LOG = Logger.getLogger(DatabaseProblems.class);

    /** What has a mapper of its own does not come here. */
    @ServerExceptionMapper({RuntimeException.class, SQLException.class, RollbackException.class, SystemException.class})
    Response toProblem(Exception failure) {
        return problem(failure).toResponse();
    }

    private static HttpProblem problem(Exception failure) {
        if (isUnavailable(failure)) {
            return Problems.unavailable();
        }
        LOG.error("A request failed", failure);
        return Problems.of(500);
    }

    /** Whether a failure says that the database cannot be reached now, rather than that a statement is wrong. */
    public static boolean isUnavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return isUnavailable(sql.getSQLState());
            }
            // A commit that failed: the transaction manager keeps the reason aside.
            if (Stream.of(cause.getSuppressed()).anyMatch(DatabaseProblems::isUnavailable)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnavailable(String state) {
        // No state: the pool had no connection to give. 08: connection; 53: resources; 57P: shutdown; 25006: a standby;
        // 25P03: this process stood still within a transaction.
        return state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
                || state.equals("25006") || state.equals("25P03");
    }
}
