package org.machineregistry.leftover;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

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
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class AnonymousLeftoversTest {
    private static final String MACHINES = "/api/machines";

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

    @Inject
    AnonymousLeftovers leftovers;

    @Inject
    DataSource database;

    @Inject
    Heard heard;

    @Inject
    MeterRegistry metrics;

    @Inject
    ExecutorService workers;

    private String person;
    private String session;

    @BeforeEach
    void somebody_has_no_account() {
        Response started = given().post("/api/sessions");
        person = started.path("userId");
        session = started.path("token");
    }

    @Test
    void what_never_connected_for_thirty_days_is_removed_announced_and_counted() throws SQLException {
        String machineId = register(session).path("machineId");
        // The service looks by itself, too.
        double counted = counted();
        age(machineId, "30 days 1 minute");

        leftovers.remove();

        assertThat(statusOf(session, machineId)).isEqualTo(404);
        await().until(() -> heard.changes().contains(new Change(Kind.REMOVED, person, machineId)));
        assertThat(counted()).isGreaterThanOrEqualTo(counted + 1);
    }

    @Test
    void what_is_younger_stays() throws SQLException {
        String machineId = register(session).path("machineId");
        age(machineId, "29 days 23 hours");

        leftovers.remove();

        assertThat(statusOf(session, machineId)).isEqualTo(200);
    }

    @Test
    void what_has_connected_stays_however_long_ago() throws SQLException {
        Response machine = register(session);
        String machineId = machine.path("machineId");
        agent(machine).post("/api/agent/connect").then().statusCode(200);
        agent(machine).post("/api/agent/disconnect");
        age(machineId, "300 days");

        leftovers.remove();

        assertThat(statusOf(session, machineId)).isEqualTo(200);
    }

    @Test
    void what_somebody_with_an_account_has_stays() throws SQLException {
        String machineId = register(session).path("machineId");
        execute("update machine set anonymous = false where machine_id = ?", machineId);
        age(machineId, "300 days");

        leftovers.remove();

        assertThat(statusOf(session, machineId)).isEqualTo(200);
    }

    @Test
    void more_than_a_batch_is_removed_once_by_two_that_do_it_at_once() throws Exception {
        double counted = counted();
        execute("""
                insert into machine (machine_id, owner, anonymous, name, sort_name, sort_key, secret_hash, created_at)
                select 'leftover-' || i, ?, true, 'a', 'a', 'a', decode(repeat('00', 32), 'hex'),
                  now() - interval '31 days'
                from generate_series(1, 1234) i""", person);
        Callable<Void> removal = () -> {
            leftovers.remove();
            return null;
        };

        for (var done : workers.invokeAll(List.of(removal, removal))) {
            done.get();
        }

        assertThat(given().auth().oauth2(session).get("/api/machines/summary").<Integer>path("total")).isZero();
        assertThat(counted()).isEqualTo(counted + 1_234);
        await().until(() -> heard.changes().stream()
                .filter(change -> change.kind() == Kind.REMOVED && change.owner().equals(person)).count() == 1_234);
    }

    @Test
    void who_is_just_connecting_is_not_waited_for_and_stays() throws SQLException {
        String machineId = register(session).path("machineId");
        age(machineId, "31 days");
        try (Connection connecting = database.getConnection()) {
            connecting.setAutoCommit(false);
            execute(connecting, "select from machine where machine_id = ? for no key update", machineId);

            leftovers.remove();
            assertThat(statusOf(session, machineId)).isEqualTo(200);
            // The other tests count.
            execute(connecting, "update machine set created_at = now() where machine_id = ?", machineId);
            connecting.commit();
        }

        assertThat(statusOf(session, machineId)).isEqualTo(200);
    }

    private static Response register(String session) {
        return given().auth().oauth2(session).contentType(ContentType.JSON).body(Map.of("name", "a")).post(MACHINES);
    }

    private static RequestSpecification agent(Response machine) {
        return given().auth().oauth2(machine.path("token")).contentType(ContentType.JSON).body("{}");
    }

    private static int statusOf(String session, String machineId) {
        return given().auth().oauth2(session).get(MACHINES + "/" + machineId).statusCode();
    }

    private double counted() {
        return metrics.counter("audit.events", "event", "leftover_removed").count();
    }

    private void age(String machineId, String interval) throws SQLException {
        execute("update machine set created_at = now() - interval '" + interval + "' where machine_id = ?", machineId);
    }

    private void execute(String sql, String parameter) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, sql, parameter);
        }
    }

    private static void execute(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.execute();
        }
    }
}
