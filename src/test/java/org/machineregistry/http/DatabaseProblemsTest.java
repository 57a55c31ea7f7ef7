package org.machineregistry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of the database are 503, by their SQL state. */
class DatabaseProblemsTest {
    @ParameterizedTest
    @CsvSource({
            "08000, AWAY, connection_exception", "08001, AWAY, the server is not there", "08006, AWAY, it broke",
            "08P01, AWAY, protocol_violation", "53000, AWAY, insufficient_resources", "53100, AWAY, disk_full",
            "53200, AWAY, out_of_memory", "53300, AWAY, too_many_connections", "57P01, AWAY, admin_shutdown",
            "57P02, AWAY, crash_shutdown", "57P03, AWAY, cannot_connect_now", "57P05, AWAY, idle_session_timeout",
            "58030, AWAY, io_error", "25006, AWAY, read_only_sql_transaction",
            "25P03, BUSY, idle_in_transaction_session_timeout", "25P04, BUSY, transaction_timeout",
            "40001, BUSY, serialization_failure", "40P01, BUSY, deadlock_detected",
            "55P03, BUSY, lock_timeout or nowait", "57014, BUSY, statement_timeout or pg_cancel_backend",
            "28000, REFUSED, the role may not log in", "28P01, REFUSED, the password was changed",
            "3D000, REFUSED, the database was dropped", "3F000, REFUSED, the schema was dropped",
            "42501, REFUSED, a privilege was revoked", "42P01, REFUSED, no usage of the schema",
            "42P05, REFUSED, a prepared statement of another client of a pooler",
            "26000, REFUSED, a prepared statement on another connection of a pooler",
    })
    void it_is_503_where_nothing_is_wrong_with_the_statement(String state, DatabaseFailure expected, String meaning) {
        SQLException failure = new SQLException(meaning, state);

        assertThat(DatabaseFailure.of(failure)).contains(expected);
        assertThat(DatabaseProblems.unavailable(failure).orElseThrow().status()).isEqualTo(503);
        assertThat(DatabaseProblems.isUnavailable(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22P02", "22P05", "23505", "23514", "42601", "42703", "42883", "57", "0A000",
            "XX000", ""})
    void it_is_the_services_own_failure_where_something_is(String state) {
        SQLException failure = new SQLException("wrong", state);

        assertThat(DatabaseProblems.isUnavailable(failure)).isFalse();
        assertThat(DatabaseProblems.unavailable(failure)).isEmpty();
    }

    @Test
    void a_pool_that_has_no_connection_to_give_names_no_state() {
        assertThat(DatabaseFailure.of(new SQLException("timeout"))).contains(DatabaseFailure.AWAY);
    }

    @Test
    void the_cause_may_be_deep_within_or_kept_aside() {
        SQLException timeout = new SQLException("lock timeout", "55P03");
        Exception rollback = new IllegalStateException("rolled back");
        rollback.addSuppressed(new IllegalStateException(timeout));

        assertThat(DatabaseFailure.of(new IllegalStateException(new IllegalStateException(timeout))))
                .contains(DatabaseFailure.BUSY);
        assertThat(DatabaseFailure.of(new IllegalStateException(rollback))).contains(DatabaseFailure.BUSY);
    }

    @Test
    void what_has_nothing_to_do_with_the_database_is_no_outage_of_it() {
        assertThat(DatabaseProblems.isUnavailable(new IllegalStateException("other"))).isFalse();
    }
}
