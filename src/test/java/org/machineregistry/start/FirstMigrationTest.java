package org.machineregistry.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Replicas that start at once, on a real database. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FirstMigrationTest {
    private static final String HISTORY = "history of a new service";
    private static final String WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted";

    @Inject
    DataSource database;

    private final FirstMigration one = new FirstMigration();
    private final FirstMigration other = new FirstMigration();

    @AfterEach
    void end() throws SQLException {
        one.end();
        other.end();
        execute("drop table if exists \"" + HISTORY + '"');
    }

    @Test
    void the_second_waits_until_the_first_has_made_the_history() throws Exception {
        one.begin(database, HISTORY);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> begin(other));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 1);

        assertThat(second).isNotDone();
        execute("create table \"" + HISTORY + "\" ()");
        one.end();

        assertThat(second).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void nobody_waits_where_the_history_is_there() throws Exception {
        one.begin(database, HISTORY);
        execute("create table \"" + HISTORY + "\" ()");

        other.begin(database, HISTORY);
    }

    private void begin(FirstMigration migration) {
        try {
            migration.begin(database, HISTORY);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private long waiting() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
