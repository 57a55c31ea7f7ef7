package org.machineregistry.http;

import java.net.URISyntaxException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A database that is away is 503, to be tried again; any other failure that nobody expected is ours, a 500. */
public class DatabaseProblems {
    private static final Logger LOG = Logger.getLogger(DatabaseProblems.class);
    private static final long SAY_EVERY = TimeUnit.MINUTES.toNanos(1);
    // The times by SQL state, of which there are few.
    private static final Map<String, Long> SAID_AT = new ConcurrentHashMap<>();

    /** An exception that has a mapper of its own does not come here. */
    @ServerExceptionMapper
    Response toProblem(Exception failure) {
        return unavailable(failure).orElseGet(() -> unexpected(failure)).toResponse();
    }

    private static HttpProblem unexpected(Exception failure) {
        if (ClientGone.causes(failure).anyMatch(URISyntaxException.class::isInstance)) {
            // The REST layer makes a URI of what client and proxy say of host and path.
            return Problems.of(400, "Host and address are not a valid URI.");
        }
        return of(500, failure);
    }

    /** Makes a problem of a failure that is not the database's. What is answered with 500 is logged with its cause. */
    static HttpProblem of(int status, Exception failure) {
        if (status == 500 && !ClientGone.isCauseOf(failure)) {
            LOG.error("A request failed", failure);
        }
        return Problems.of(status);
    }

    /** The 503 of a failure that {@link #isUnavailable}; where its reason is one to be seen to, it is logged now and then. */
    static Optional<HttpProblem> unavailable(Throwable failure) {
        Optional<DatabaseFailure> known = DatabaseFailure.of(failure);
        known.filter(kind -> kind != DatabaseFailure.AWAY)
                .flatMap(kind -> DatabaseFailure.causeOf(failure))
                .ifPresent(DatabaseProblems::sayNowAndThen);
        return known.map(kind -> Problems.unavailable(kind.detail));
    }

    private static void sayNowAndThen(SQLException cause) {
        SAID_AT.compute(cause.getSQLState(), (state, saidAt) -> {
            long now = System.nanoTime();
            if (saidAt != null && now - saidAt < SAY_EVERY) {
                return saidAt;
            }
            LOG.warnf("The database did not do what it was asked, and requests are answered 503: %s (SQL state %s,"
                    + " told of once a minute)", cause.getMessage(), state);
            return now;
        });
    }

    /** Whether a failure says that the database does not do anything now, or not this, rather than that a statement is wrong. */
    public static boolean isUnavailable(Throwable failure) {
        return DatabaseFailure.of(failure).isPresent();
    }
}
