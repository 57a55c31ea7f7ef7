package org.machineregistry.machine;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.identity.Owners;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What the database keeps of random changes is what a model keeps of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class StatusHistoryReplayTest {
    private static final int CHANGES = 10_000;
    private static final int COMMIT_EVERY = 250;
    private static final int KEPT = 64;

    @Inject
    DataSource database;

    private record Was(MachineStatus status, OfflineReason reason) {}

    @Test
    void ten_thousand_random_changes_are_kept_as_a_model_keeps_them() throws SQLException {
        String session = given().post("/api/sessions").then().statusCode(201).extract().path("token");
        String machineId = given().header("Authorization", "Bearer " + session).contentType("application/json")
                .body("{\"name\":\"build box\"}").post("/api/machines").then().statusCode(201).extract()
                .path("machineId");
        String owner = given().header("Authorization", "Bearer " + session).get("/api/sessions/current").path("userId");
        LinkedList<Was> model = new LinkedList<>(
                List.of(new Was(MachineStatus.OFFLINE, OfflineReason.NEVER_CONNECTED)));

        replay(machineId, model);

        List<StatusChange> kept = new MachineReader(new HeldQueries(database)).history(Owners.of(owner), machineId)
                .orElseThrow();
        assertThat(kept.stream().map(change -> new Was(change.status(), change.offlineReason())))
                .containsExactlyElementsOf(model);
    }

    private void replay(String machineId, LinkedList<Was> model) throws SQLException {
        Random random = new Random(17);
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        """
                        update machine set status = ?, offline_reason = ?, last_heartbeat = now() where machine_id = ?""")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < CHANGES; i++) {
                Was now = random.nextBoolean()
                        ? new Was(MachineStatus.ONLINE, null)
                        : new Was(MachineStatus.OFFLINE,
                                OfflineReason.values()[random.nextInt(OfflineReason.values().length)]);
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
    }

    private static void write(PreparedStatement update, String machineId, Was now) throws SQLException {
        update.setString(1, now.status().label);
        update.setString(2, now.reason() == null ? null : now.reason().label);
        update.setString(3, machineId);
        update.addBatch();
    }

    /** A reason that turns out to be another one is no change of the status. */
    private static void follow(LinkedList<Was> model, Was now) {
        if (model.getFirst().status() == now.status()) {
            model.removeFirst();
        }
        model.addFirst(now);
        if (model.size() > KEPT) {
            model.removeLast();
        }
    }
}
