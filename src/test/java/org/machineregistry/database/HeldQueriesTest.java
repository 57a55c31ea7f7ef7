package org.machineregistry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class HeldQueriesTest {
    private static final String BACKEND = "select pg_backend_pid()";

    @Inject
    DataSource database;

    private HeldQueries queries;

    @BeforeEach
    void nothing_is_held_yet() {
        queries = new HeldQueries(database);
    }

    @AfterEach
    void the_connection_goes_back_to_the_pool() throws SQLException {
        queries.close();
    }

    @Test
    void all_queries_go_over_one_connection() throws SQLException {
        int first = ask(BACKEND);

        assertThat(ask(BACKEND)).isEqualTo(first);
    }

    @Test
    void a_connection_that_the_database_ended_meanwhile_is_replaced_unnoticed() throws SQLException {
        int ended = ask(BACKEND);
        end(ended);

        assertThat(ask(BACKEND)).isNotEqualTo(ended);
    }

    @Test
    void what_the_database_refuses_is_told_and_asked_once() throws SQLException {
        ask("select 1");
        int[] asked = {0};

        assertThatThrownBy(() -> queries.ask(connection -> {
            asked[0]++;
            return number(connection, "select 1 / 0");
        })).isInstanceOf(SQLException.class);

        assertThat(asked[0]).isEqualTo(1);
        assertThat(ask("select 2")).isEqualTo(2);
    }

    @Test
    void a_connection_that_ends_in_the_middle_of_the_second_attempt_is_told() throws SQLException {
        ask("select 1");

        assertThatThrownBy(() -> queries.ask(connection -> {
            end(number(connection, BACKEND));
            return number(connection, "select 1");
        })).isInstanceOf(SQLException.class);

        assertThat(ask("select 2")).isEqualTo(2);
    }

    private int ask(String sql) throws SQLException {
        return queries.ask(connection -> number(connection, sql));
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void end(int backend) throws SQLException {
        try (Connection other = database.getConnection()) {
            // It waits until the backend is gone.
            number(other, "select pg_terminate_backend(" + backend + ", 5000)::int");
        }
    }
}
