package org.machineregistry.removal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.change.Changes;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** What becomes of machines that stay away. The service's own sweep may be faster than a test. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OfflineRemovalTest {
    private static final String MACHINES = "/api/machines";
    private static final long LONG_HEARD = 1_000_000;
    private static final int DAY_SECONDS = 86_400;
    private static final long MOST_OF_A_GAP = TimeUnit.SECONDS.toMicros(30);
    private static final int CROWD = 60;

    /** What was announced. */
    @ApplicationScoped
    static class Heard {
        final Queue<Change> changes = new ConcurrentLinkedQueue<>();

        void note(@Observes Changes heard) {
            changes.addAll(heard.all());
        }

        Queue<Change> changes() {
            return changes;
        }
    }

    private record Machine(String machineId, String token) {}

    @Inject
    OfflineRemoval removal;

    @Inject
    DataSource database;

    @Inject
    Heard heard;

    @Inject
    MeterRegistry metrics;

    private String person;
    private String session;

    @BeforeEach
    void somebody_has_no_machines() {
        Response started = given().post("/api/sessions");
        person = started.path("userId");
        session = started.path("token");
    }

    @Test
    void what_was_offline_for_its_time_is_removed_announced_and_counted() throws SQLException {
        Machine machine = register(DAY_SECONDS);
        double counted = counted();
        becomesDue(machine);

        removal.removeDue(LONG_HEARD);

        assertThat(statusOf(machine)).isEqualTo(404);
        await().until(() -> heard.changes().contains(new Change(Kind.REMOVED, person, machine.machineId())));
        await().until(() -> beat(machine) == 401);
        assertThat(counted()).isGreaterThan(counted);
    }

    @Test
    void what_is_not_due_what_is_online_and_what_has_no_time_stays() throws SQLException {
        Machine young = register(DAY_SECONDS);
        Machine online = register(DAY_SECONDS);
        Machine forever = register(null);
        assertThat(beat(online)).isEqualTo(200);
        await().until(() -> number("select count(*) from machine where machine_id = ? and status = 'online'",
                online) == 1);
        for (Machine machine : List.of(online, forever)) {
            execute("update machine set status_since = now() - interval '9 years' where machine_id = ?", machine);
        }

        removal.removeDue(LONG_HEARD);

        assertThat(List.of(young, online, forever)).allMatch(machine -> statusOf(machine) == 200);
    }

    @Test
    void nobody_is_removed_before_they_could_come_back_to_a_service_that_was_away() throws SQLException {
        Machine machine = register(DAY_SECONDS);
        execute("update machine set ttl_seconds = 100000 where machine_id = ?", machine);
        becomesDue(machine);

        removal.removeDue(100_001);
        assertThat(statusOf(machine)).isEqualTo(200);
        removal.removeDue(100_002);
        assertThat(statusOf(machine)).isEqualTo(404);
    }

    /** The presence clock goes on with the replicas' own, also while they cannot reach the database. */
    @Test
    void a_month_in_which_nobody_counted_is_half_a_minute_of_the_removal_clock() throws SQLException {
        removal.advanceClock();
        long before = number("select micros from removal_clock where ? is not null", new Machine("", ""));
        execute("update removal_clock set presence_micros = presence_micros - 2592000000000 where ? is not null",
                new Machine("", ""));

        removal.advanceClock();

        assertThat(number("select micros from removal_clock where ? is not null", new Machine("", "")) - before)
                .isBetween(MOST_OF_A_GAP, 3 * MOST_OF_A_GAP);
    }

    @Test
    void a_time_that_is_set_while_the_machine_is_long_gone_leaves_a_day() throws SQLException {
        Machine machine = register(null);
        execute("update machine set status_since = now() - interval '90 days' where machine_id = ?", machine);
        execute("update machine set remove_after_seconds = 604800 where machine_id = ?", machine);

        removal.removeDue(LONG_HEARD);

        assertThat(statusOf(machine)).isEqualTo(200);
        assertThat(number("select extract(epoch from removed_at - now())::bigint from machine where machine_id = ?",
                machine)).isBetween(DAY_SECONDS - 60L, (long) DAY_SECONDS);
    }

    @Test
    void when_it_will_be_is_said_anew_where_it_is_wrong_by_more_than_a_hundredth() throws SQLException {
        Machine wrong = register(DAY_SECONDS);
        Machine nearly = register(DAY_SECONDS);
        execute("update machine set removed_at = removed_at - interval '1 hour' where machine_id = ?", wrong);
        execute("update machine set removed_at = removed_at - interval '5 minutes' where machine_id = ?", nearly);

        removal.correctTimes();

        String left = "select extract(epoch from removed_at - now())::bigint from machine where machine_id = ?";
        assertThat(number(left, wrong)).isBetween(DAY_SECONDS - 60L, DAY_SECONDS + 60L);
        assertThat(number(left, nearly)).isLessThan(DAY_SECONDS - 240L);
        await().until(() -> heard.changes().contains(new Change(Kind.UPDATED, person, wrong.machineId())));
    }

    @Test
    void who_is_just_connecting_is_not_waited_for_and_stays() throws SQLException {
        Machine machine = register(DAY_SECONDS);
        becomesDue(machine);
        try (Connection connecting = database.getConnection()) {
            connecting.setAutoCommit(false);
            try (PreparedStatement lock = connecting.prepareStatement(
                    "update machine set status = 'online', offline_reason = null where machine_id = ?")) {
                lock.setString(1, machine.machineId());
                lock.execute();
            }

            removal.removeDue(LONG_HEARD);
            connecting.commit();
        }
        removal.removeDue(LONG_HEARD);

        assertThat(statusOf(machine)).isEqualTo(200);
    }

    @Test
    void of_many_that_beat_while_they_are_removed_each_is_kept_or_gone() throws Exception {
        List<Machine> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(register(DAY_SECONDS));
        }
        becomeDue();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<Void> removes = () -> {
                removal.removeDue(LONG_HEARD);
                return null;
            };
            List<Future<?>> calls = new ArrayList<>();
            for (Machine machine : crowd) {
                calls.add(callers.submit(() -> beat(machine)));
                calls.add(callers.submit(removes));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdownNow();
        }

        for (Machine machine : crowd) {
            await().untilAsserted(() -> assertThat(beat(machine)).isEqualTo(statusOf(machine) == 200 ? 200 : 401));
        }
        removal.removeDue(LONG_HEARD);
        long kept = crowd.stream().filter(machine -> statusOf(machine) == 200).count();
        await().until(() -> given().auth().oauth2(session).get(MACHINES + "/summary").<Integer>path("online") == kept);
        await().until(() -> heard.changes().stream()
                .filter(change -> change.kind() == Kind.REMOVED && change.owner().equals(person))
                .map(Change::machineId).distinct().count() == CROWD - kept);
    }

    private Machine register(Integer removeAfterSeconds) {
        Response registered = given().auth().oauth2(session).contentType(ContentType.JSON)
                .body(removeAfterSeconds == null
                        ? Map.of("name", "a")
                        : Map.of("name", "a", "removeAfterSeconds", removeAfterSeconds))
                .post(MACHINES);
        return new Machine(registered.path("machineId"), registered.path("token"));
    }

    private static int beat(Machine machine) {
        return given().auth().oauth2(machine.token()).post("/api/agent/heartbeat").statusCode();
    }

    private int statusOf(Machine machine) {
        return given().auth().oauth2(session).get(MACHINES + "/" + machine.machineId()).statusCode();
    }

    private double counted() {
        return metrics.counter("audit.events", "event", "machine_expired").count();
    }

    private void becomesDue(Machine machine) throws SQLException {
        execute("update machine set remove_due_micros = remove_due_micros - 100000000000 where machine_id = ?",
                machine);
    }

    private void becomeDue() throws SQLException {
        execute("update machine set remove_due_micros = remove_due_micros - 100000000000 where owner = ?",
                new Machine(person, ""));
    }

    private void execute(String sql, Machine parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter.machineId());
            statement.execute();
        }
    }

    private long number(String sql, Machine parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter.machineId());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
