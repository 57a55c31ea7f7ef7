package org.machineregistry.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.PooledQueries;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The word before a removal, as it becomes due and arrives. In tests nobody else sends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RemovalWarningsTest {
    private static final String ID = "warnings-machine";
    // Of alerts alone: a machine that said goodbye is removed like any other.
    private static final List<String> UNTOLD = List.of("disconnected");
    private static final long LONG_HEARD = 1_000_000;
    private static final long LEASE = 20_000_000;
    private static final int WEEK_SECONDS = 604_800;

    @Inject
    AgroalDataSource database;

    AlertOutbox outbox;
    AlertOutbox other;

    @BeforeEach
    void register() throws SQLException {
        outbox = new AlertOutbox(new PooledQueries(database));
        other = new AlertOutbox(new PooledQueries(database));
        // Other tests leave machines behind, of which there may be something to tell.
        execute("update machine set remove_after_seconds = null where remove_after_seconds is not null");
        execute("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash, remove_after_seconds)
                values ('warnings-machine', 'warnings', 'm', 'm', sha256('x'), %d)""".formatted(WEEK_SECONDS));
    }

    @AfterEach
    void delete() throws SQLException {
        execute("delete from machine where owner = 'warnings'");
        execute("update alert_sender set leased_until_micros = 0, failures = 0");
    }

    @Test
    void it_is_said_once_a_day_before() throws SQLException {
        timePasses(Duration.ofDays(6).minusMinutes(5));
        assertThat(next()).isNull();
        assertThat(outbox.take(LONG_HEARD, LEASE).isTaken()).isFalse();

        timePasses(Duration.ofMinutes(5));
        assertThat(outbox.take(LONG_HEARD, LEASE).isTaken()).isTrue();
        AlertMessage said = next();
        assertThat(said.isOfRemovals()).isTrue();
        assertThat(said.alerts()).extracting(MachineAlert::machineId).containsExactly(ID);
        assertThat(AlertText.line(said.alerts().get(0))).isEqualTo("m is removed in 1 day unless it comes back");
        assertThat(outbox.settle(said)).isTrue();

        timePasses(Duration.ofHours(23));
        assertThat(next()).isNull();
    }

    @Test
    void of_a_short_time_it_is_said_when_half_of_it_is_over() throws SQLException {
        execute("update machine set remove_after_seconds = 7200 where owner = 'warnings'");
        timePasses(Duration.ofMinutes(59));
        assertThat(next()).isNull();

        timePasses(Duration.ofMinutes(1));
        assertThat(AlertText.line(next().alerts().get(0))).isEqualTo("m is removed in 1 hour unless it comes back");
    }

    @Test
    void what_has_not_arrived_is_the_same_at_each_try() throws SQLException {
        timePasses(Duration.ofDays(6));
        AlertMessage first = next();

        timePasses(Duration.ofHours(12));

        assertThat(other.next(MessageKind.REMOVAL_WARNING, LONG_HEARD, UNTOLD)).isEqualTo(first);
        assertThat(outbox.take(LONG_HEARD, LEASE).isTaken()).isTrue();
        outbox.giveBack();
    }

    @Test
    void of_one_that_came_back_nothing_is_said_until_it_is_gone_again_for_as_long() throws SQLException {
        timePasses(Duration.ofDays(6));
        AlertMessage pending = next();
        execute("update machine set status = 'online', offline_reason = null where owner = 'warnings'");

        assertThat(next()).isNull();
        assertThat(outbox.settle(pending)).isTrue();

        execute("update machine set status = 'offline', offline_reason = 'disconnected' where owner = 'warnings'");
        assertThat(next()).isNull();
        timePasses(Duration.ofDays(6));
        assertThat(next().alerts().get(0).reason()).isEqualTo("disconnected");
    }

    @Test
    void nothing_is_said_of_machines_that_may_still_come_back() throws SQLException {
        timePasses(Duration.ofDays(6));

        assertThat(outbox.take(10, LEASE).isTaken()).isFalse();
        assertThat(next(10)).isNull();
        assertThat(next()).isNotNull();
    }

    @Test
    void it_goes_out_by_itself_beside_an_alert_of_the_same_machine() throws SQLException {
        execute("""
                update machine set alert_after_seconds = 60 where owner = 'warnings'""");
        execute("update machine set alert_due_micros = alert_due_micros - 60000000 where owner = 'warnings'");
        timePasses(Duration.ofDays(6));

        outbox.take(LONG_HEARD, LEASE);
        AlertMessage alert = outbox.next(MessageKind.ALERT, LONG_HEARD, List.of());
        AlertMessage said = next();

        assertThat(alert.isOfRemovals()).isFalse();
        assertThat(said.id()).isNotEqualTo(alert.id());
        outbox.settle(alert);
        outbox.settle(said);
        assertThat(outbox.next(MessageKind.ALERT, LONG_HEARD, List.of())).isNull();
        assertThat(next()).isNull();
    }

    private AlertMessage next() throws SQLException {
        return next(LONG_HEARD);
    }

    private AlertMessage next(long heardSeconds) throws SQLException {
        // Who has the lease alone freezes what is due.
        outbox.take(heardSeconds, LEASE);
        AlertMessage next = outbox.next(MessageKind.REMOVAL_WARNING, heardSeconds, UNTOLD);
        outbox.giveBack();
        return next;
    }

    private void timePasses(Duration time) throws SQLException {
        execute("""
                update machine set remove_due_micros = remove_due_micros - %1$d, warn_due_micros = warn_due_micros - %1$d
                where owner = 'warnings'""".formatted(time.toSeconds() * 1_000_000));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
