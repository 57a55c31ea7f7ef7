package org.machineregistry.http;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why the database did not do what was asked, where nothing is wrong with the statement: trying again later makes sense. */
enum DatabaseFailure {
    /** It cannot be reached, is shutting down, is full, or is a standby. */
    AWAY(Problems.detail(503)),
    /** Others were in the way, or it was too slow. */
    BUSY("The database could not do this in time. Try again shortly."),
    /** It does not let the service do what it needs to: a matter for whoever runs the service. */
    REFUSED("The database does not let the service do this. Whoever runs the service must see to it.");

    /** The SQL states that begin like this: https://www.postgresql.org/docs/current/errcodes-appendix.html */
    private static final Map<String, DatabaseFailure> CLASSES = Map.of(
            // connection, resources, operator intervention (57014, a cancelled statement, is below), system error
            "08", AWAY, "53", AWAY, "57P", AWAY, "58", AWAY,
            // authorization, catalog and schema names
            "28", REFUSED, "3D", REFUSED, "3F", REFUSED);
    private static final Map<String, DatabaseFailure> STATES = Map.ofEntries(
            // read_only_sql_transaction: a standby, or a primary that is to take no writes
            Map.entry("25006", AWAY),
            // idle_in_transaction_session_timeout, transaction_timeout: this process stood still, or the database was slow
            Map.entry("25P03", BUSY), Map.entry("25P04", BUSY),
            // serialization_failure, deadlock_detected: after all that was tried again
            Map.entry("40001", BUSY), Map.entry("40P01", BUSY),
            // lock_not_available, query_canceled: lock_timeout, statement_timeout, or somebody's pg_cancel_backend
            Map.entry("55P03", BUSY), Map.entry("57014", BUSY),
            // insufficient_privilege; undefined_table, which is what a schema without the right of usage looks like
            Map.entry("42501", REFUSED), Map.entry("42P01", REFUSED),
            // duplicate_prepared_statement, invalid_sql_statement_name: a pooler that hands one connection to many
            Map.entry("42P05", REFUSED), Map.entry("26000", REFUSED));
    private static final Set<Integer> CLASS_LENGTHS = Set.of(2, 3);

    final String detail;

    DatabaseFailure(String detail) {
        this.detail = detail;
    }

    /** The kind of a failure; empty for one that is the service's own. */
    static Optional<DatabaseFailure> of(Throwable failure) {
        return causeOf(failure).flatMap(cause -> of(cause.getSQLState()));
    }

    /** Finds the error that the database, or the way to it, reported. */
    static Optional<SQLException> causeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
            // A commit that failed: the transaction manager keeps the reason aside.
            Optional<SQLException> aside = Stream.of(cause.getSuppressed())
                    .flatMap(suppressed -> causeOf(suppressed).stream())
                    .filter(sql -> of(sql.getSQLState()).isPresent())
                    .findFirst();
            if (aside.isPresent()) {
                return aside;
            }
        }
        return Optional.empty();
    }

    private static Optional<DatabaseFailure> of(String state) {
        if (state == null) {
            // The pool had no connection to give.
            return Optional.of(AWAY);
        }
        return Optional.ofNullable(STATES.get(state)).or(() -> CLASS_LENGTHS.stream()
                .filter(length -> state.length() > length)
                .map(length -> CLASSES.get(state.substring(0, length)))
                .filter(found -> found != null)
                .findAny());
    }
}
