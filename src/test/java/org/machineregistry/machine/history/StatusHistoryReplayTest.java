package org.machineregistry.machine.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.identity.Owners;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.OfflineReason;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What the database keeps of random changes is what a model keeps of them, however its clock steps meanwhile. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class StatusHistoryReplayTest {
    private static final int CHANGES = 10_000;
    private static final int COMMIT_EVERY = 250;
    private static final int KEPT = 64;
    private static final long FIRST_SECONDS = 1_795_450_000L;
    private static final long LONGEST_STEP_SECONDS = 7_200;
    // Names of this schema are found before those of the database itself. Its clock says what was set last.
    private static final String STEP_CLOCK = """
            create schema stepped;
            create function stepped.now() returns timestamptz language sql volatile as
              'select to_timestamp(current_setting(''stepped.millis'')::bigint / 1000.0)';
            set search_path = stepped, pg_catalog, public""";
    private static final String LEAVE_CLOCK = "reset search_path; drop schema if exists stepped cascade";

    @Inject
    DataSource database;

    private record Was(long at, MachineStatus status, OfflineReason reason) {}

    @Test
    void of_ten_thousand_random_changes_none_is_lost_or_out_of_order_while_the_clock_steps() throws SQLException {
        String session = given().post("/api/sessions").then().statusCode(201).extract().path("token");
        String machineId = given().header("Authorization", "Bearer " + session).contentType("application/json")
                .body("{\"name\":\"build box\"}").post("/api/machines").then().statusCode(201).extract()
                .path("machineId");
        String owner = given().header("Authorization", "Bearer " + session).get("/api/sessions/current").path("userId");
        LinkedList<Was> model = new LinkedList<>(
                List.of(new Was(0, MachineStatus.OFFLINE, OfflineReason.NEVER_CONNECTED)));

        replay(machineId, model);

        List<StatusChange> kept = new StatusHistories(new HeldQueries(database), null)
                .changes(Owners.of(owner), machineId)
                .orElseThrow();
        assertThat(kept.stream().map(change -> new Was(change.at(), change.status(), change.offlineReason())))
                .containsExactlyElementsOf(model);
        given().header("Authorization", "Bearer " + session).get("/api/machines/" + machineId).then()
                .body("statusSince", equalTo(model.getFirst().at()));
    }

    private void replay(String machineId, LinkedList<Was> model) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement clock = connection.createStatement();
                PreparedStatement update = connection.prepareStatement(
                        """
                        update machine set status = ?, offline_reason = ?,
                          last_heartbeat = to_timestamp(set_config('stepped.millis', ?, false)::bigint / 1000.0)
                        where machine_id = ?""")) {
            connection.setAutoCommit(false);
            try {
                clock.execute(STEP_CLOCK);
                change(connection, update, machineId, model);
            } finally {
                connection.rollback();
                clock.execute(LEAVE_CLOCK);
                connection.commit();
            }
        }
    }

    private static void change(Connection connection, PreparedStatement update, String machineId, LinkedList<Was> model)
            throws SQLException {
        Random random = new Random(17);
        long seconds = FIRST_SECONDS;
        for (int i = 0; i < CHANGES; i++) {
            seconds += random.nextLong(-LONGEST_STEP_SECONDS, LONGEST_STEP_SECONDS);
            Was now = random(random, seconds * 1_000);
            write(update, machineId, now);
            follow(model, now);
            if (i % COMMIT_EVERY == 0) {
                update.executeBatch();
                connection.commit();
            }
        }
        update.executeBatch();
        connection.commit();
    }

    private static Was random(Random random, long at) {
        return random.nextBoolean()
                ? new Was(at, MachineStatus.ONLINE, null)
                : new Was(at, MachineStatus.OFFLINE,
                        OfflineReason.values()[random.nextInt(OfflineReason.values().length)]);
    }

    private static void write(PreparedStatement update, String machineId, Was now) throws SQLException {
        update.setString(1, now.status().label);
        update.setString(2, now.reason() == null ? null : now.reason().label);
        update.setString(3, String.valueOf(now.at()));
        update.setString(4, machineId);
        update.addBatch();
    }

    /** A reason that turns out to be another one is no change of the status. */
    private static void follow(LinkedList<Was> model, Was now) {
        boolean changes = model.getFirst().status() != now.status();
        long since = changes ? now.at() : model.removeFirst().at();
        model.addFirst(new Was(since, now.status(), now.reason()));
        if (model.size() > KEPT) {
            model.removeLast();
        }
    }
}
