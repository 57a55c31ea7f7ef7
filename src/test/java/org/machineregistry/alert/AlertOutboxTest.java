package org.machineregistry.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

/** What becomes of a row whose machine goes down and comes back. In tests nobody else sends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AlertOutboxTest {
    private static final String ID = "alerts-machine";
    private static final List<String> UNTOLD = List.of("disconnected");
    private static final long LONG_HEARD = 1_000_000;
    private static final long LEASE = 20_000_000;

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
                insert into machine (machine_id, owner, name, sort_name, secret_hash, alert_after_seconds)
                values ('alerts-machine', 'alerts', 'm', 'm', sha256('x'), 60)""");
        goesOnline();
    }

    @AfterEach
    void delete() throws SQLException {
        execute("delete from machine where owner = 'alerts'");
        execute("update alert_sender set leased_until_micros = 0, failures = 0");
    }

    @Test
    void a_machine_is_told_of_once_when_its_time_has_come_and_once_when_it_is_back() throws SQLException {
        goesOffline("missed_heartbeats");
        assertThat(next()).isNull();

        timePasses();
        AlertMessage down = next();
        assertThat(down.alerts()).extracting(MachineAlert::machineId).containsExactly(ID);
        assertThat(down.alerts().get(0).down()).isTrue();
        assertThat(down.alerts().get(0).reason()).isEqualTo("missed_heartbeats");
        assertThat(outbox.settle(down)).isTrue();
        assertThat(next()).isNull();

        goesOnline();
        AlertMessage back = next();
        assertThat(back.alerts().get(0).down()).isFalse();
        assertThat(back.alerts().get(0).downSince()).isEqualTo(down.alerts().get(0).since());
        assertThat(back.id()).isNotEqualTo(down.id());
        outbox.settle(back);
        assertThat(next()).isNull();
    }

    @Test
    void a_change_that_is_over_before_its_time_is_told_to_nobody() throws SQLException {
        for (int i = 0; i < 5; i++) {
            goesOffline("connection_lost");
            goesOnline();
        }
        timePasses();

        assertThat(next()).isNull();
        assertThat(value("alert_due_micros")).isNull();
    }

    @Test
    void a_goodbye_is_told_to_nobody() throws SQLException {
        goesOffline("disconnected");
        timePasses();

        assertThat(next()).isNull();
        assertThat(value("alert_due_micros")).isNull();
    }

    @Test
    void what_has_not_arrived_is_the_same_at_each_try_whatever_the_machine_does() throws SQLException {
        goesOffline("missed_heartbeats");
        timePasses();
        AlertMessage first = next();

        goesOnline();
        goesOffline("connection_lost");
        goesOnline();

        assertThat(other.next(MessageKind.ALERT, LONG_HEARD, UNTOLD)).isEqualTo(first);
        outbox.settle(first);
        assertThat(next().alerts().get(0).down()).isFalse();
    }

    @Test
    void a_machine_that_went_down_again_before_its_return_was_told_is_still_down() throws SQLException {
        tellsThatItIsDown();
        goesOnline();
        goesOffline("missed_heartbeats");
        timePasses();

        assertThat(next()).isNull();
        goesOnline();
        assertThat(next().alerts().get(0).down()).isFalse();
    }

    @Test
    void a_machine_that_goes_down_while_its_return_is_told_is_told_of_again() throws SQLException {
        tellsThatItIsDown();
        goesOnline();
        AlertMessage back = next();
        goesOffline("missed_heartbeats");
        outbox.settle(back);
        assertThat(next()).isNull();

        timePasses();
        assertThat(next().alerts().get(0).down()).isTrue();
    }

    @Test
    void nobody_is_told_of_machines_that_may_still_come_back() throws SQLException {
        goesOffline("missed_heartbeats");
        timePasses();

        assertThat(outbox.take(10, LEASE).isTaken()).isFalse();
        assertThat(outbox.next(MessageKind.ALERT, 10, UNTOLD)).isNull();
        assertThat(outbox.take(LONG_HEARD, LEASE).isTaken()).isTrue();
    }

    @Test
    void no_longer_asked_for_it_is_forgotten() throws SQLException {
        goesOffline("missed_heartbeats");
        timePasses();
        AlertMessage pending = next();
        execute("update machine set alert_after_seconds = null where machine_id = 'alerts-machine'");

        assertThat(next()).isNull();
        assertThat(outbox.settle(pending)).isTrue();
        assertThat(value("alert_told")).isNull();
    }

    @Test
    void asked_for_while_it_is_offline_the_time_counts_from_then() throws SQLException {
        execute("update machine set alert_after_seconds = null where machine_id = 'alerts-machine'");
        goesOffline("missed_heartbeats");
        execute("update machine set alert_after_seconds = 60 where machine_id = 'alerts-machine'");

        assertThat(next()).isNull();
        assertThat(outbox.take(LONG_HEARD, LEASE).dueInMicros()).isBetween(1L, 60_000_000L);
    }

    @Test
    void one_replica_sends_at_a_time_and_after_a_failure_none_for_a_while() throws SQLException {
        goesOffline("missed_heartbeats");
        timePasses();

        assertThat(outbox.take(LONG_HEARD, LEASE).failures()).isZero();
        assertThat(other.take(LONG_HEARD, LEASE).isTaken()).isFalse();
        outbox.pause(60_000_000);
        AlertOutbox.Work paused = other.take(LONG_HEARD, LEASE);
        assertThat(paused.isTaken()).isFalse();
        assertThat(paused.leasedForMicros()).isBetween(50_000_000L, 60_000_000L);

        execute("update alert_sender set leased_until_micros = 0");
        assertThat(other.take(LONG_HEARD, LEASE).failures()).isEqualTo(1);
    }

    @Test
    void who_is_due_waits_for_who_is_due_soon() throws SQLException {
        execute("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash, alert_after_seconds)
                values ('alerts-neighbour', 'alerts', 'n', 'n', sha256('x'), 60)""");
        goesOffline("missed_heartbeats");
        execute("""
                update machine set alert_due_micros = presence_clock_now()
                  + case when machine_id = 'alerts-neighbour' then 740000 else 0 end
                where machine_id in ('alerts-machine', 'alerts-neighbour')""");

        assertThat(outbox.take(LONG_HEARD, LEASE).isTaken()).isFalse();
        execute("update machine set alert_due_micros = null where machine_id = 'alerts-neighbour'");
        assertThat(outbox.take(LONG_HEARD, LEASE).isTaken()).isTrue();
    }

    private void tellsThatItIsDown() throws SQLException {
        goesOffline("missed_heartbeats");
        timePasses();
        outbox.settle(next());
    }

    @Test
    void one_that_stood_still_until_its_lease_was_over_freezes_nothing() throws SQLException {
        goesOffline("missed_heartbeats");
        timePasses();
        outbox.take(LONG_HEARD, 0);
        assertThat(other.take(LONG_HEARD, LEASE).isTaken()).isTrue();

        assertThat(outbox.next(MessageKind.ALERT, LONG_HEARD, UNTOLD)).isNull();
        assertThat(other.next(MessageKind.ALERT, LONG_HEARD, UNTOLD).alerts()).hasSize(1);
    }

    private AlertMessage next() throws SQLException {
        // What is due has waited for others, and who has the lease alone freezes it.
        execute("""
                update machine set alert_due_micros = alert_due_micros - 2000000
                where owner = 'alerts' and alert_due_micros <= presence_clock_now()""");
        outbox.take(LONG_HEARD, LEASE);
        AlertMessage next = outbox.next(MessageKind.ALERT, LONG_HEARD, UNTOLD);
        outbox.giveBack();
        return next;
    }

    private void goesOnline() throws SQLException {
        execute("""
                update machine set status = 'online', offline_reason = null, heard_micros = presence_clock_now() + 3600000000
                where machine_id = 'alerts-machine'""");
    }

    private void goesOffline(String reason) throws SQLException {
        execute("update machine set status = 'offline', offline_reason = '%s' where machine_id = 'alerts-machine'"
                .formatted(reason));
    }

    /** What would be due is. */
    private void timePasses() throws SQLException {
        execute("update machine set alert_due_micros = alert_due_micros - 60000000 where owner = 'alerts'");
    }

    private String value(String column) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select " + column + "::text from machine where machine_id = 'alerts-machine'")) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
