package org.machineregistry.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.change.Announcements;
import org.machineregistry.database.ExplainingDatabase;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.machine.selection.Selection;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What it costs the database, and those who listen to it, that many machines are deleted at once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BulkStatementsTest {
    // As many as one announcement has room for.
    private static final int MACHINES = 50;

    @Inject
    DataSource database;

    @Inject
    Announcements announcements;

    @Test
    void one_statement_deletes_them_and_one_announcement_names_them() throws SQLException {
        String owner = "bulk-" + UUID.randomUUID();
        register(owner);
        ExplainingDatabase explaining = new ExplainingDatabase(database);
        BulkChanges changes = new BulkChanges(explaining.explained(), announcements);
        User user = new User(owner, Instant.now().plusSeconds(60), true, "session", 0);
        try (Connection listening = database.getConnection()) {
            execute(listening, "listen machine");

            List<String> deleted = changes.delete(user, new BulkTarget(Owners.of(owner), Selection.ALL, MACHINES));
            List<String> plans = explaining.plans();
            List<String> heard = heard(listening, owner);

            assertThat(deleted).hasSize(MACHINES);
            assertThat(plans).filteredOn(plan -> plan.contains("Delete on machine")).hasSize(1);
            // The other one counts them.
            assertThat(plans).hasSize(2);
            assertThat(heard).hasSize(1);
            assertThat(heard.get(0)).contains(IntStream.range(0, MACHINES)
                    .mapToObj(i -> "\"" + owner + "-" + i + "\"").toList());
        }
    }

    private void register(String owner) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, """
                    insert into machine (machine_id, owner, name, sort_name, secret_hash)
                    select '%1$s-' || n, '%1$s', 'm' || n, 'm' || n, sha256('x') from generate_series(0, %2$d - 1) n"""
                    .formatted(owner, MACHINES));
        }
    }

    /** What was announced of this owner's machines; all of one transaction is heard at once. */
    private static List<String> heard(Connection listening, String owner) throws SQLException {
        List<String> heard = new ArrayList<>();
        Awaitility.await().until(() -> {
            for (PGNotification said : listening.unwrap(PGConnection.class).getNotifications(100)) {
                if (said.getParameter().contains(owner)) {
                    heard.add(said.getParameter());
                }
            }
            return !heard.isEmpty();
        });
        execute(listening, "unlisten *");
        return heard;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
