package org.machineregistry.presence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.machineregistry.Ports;
import org.machineregistry.database.Transactions;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A real PostgreSQL with the service's own schema, whose time of day is what the test says. */
final class ModelDatabase implements AutoCloseable {
    private static final List<String> MIGRATIONS = List.of("V1__create_machine.sql",
            "V2__order_presence_by_a_clock_of_its_own.sql",
            "V13__tell_what_a_machine_is_and_what_runs_on_it.sql");
    // Names of this schema are found before those of the database itself.
    private static final String SETUP = """
            create schema model;
            set search_path = model, pg_catalog;
            create table time_of_day (micros bigint not null);
            insert into time_of_day values (1800000000000000);
            create function model.now() returns timestamptz language sql stable as
              'select timestamptz ''epoch'' + micros * interval ''1 microsecond'' from model.time_of_day';
            create function model.clock_timestamp() returns timestamptz language sql volatile as
              'select timestamptz ''epoch'' + micros * interval ''1 microsecond'' from model.time_of_day';
            """;

    private final EmbeddedPostgres server;
    private final Connection connection;

    ModelDatabase() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().setPort(Ports.free()).start();
        connection = server.getPostgresDatabase().getConnection();
        execute(SETUP);
        for (String migration : MIGRATIONS) {
            execute(read("/db/migration/" + migration));
        }
    }

    private static String read(String resource) throws IOException {
        try (InputStream source = ModelDatabase.class.getResourceAsStream(resource)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void register(String machineId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash) values (?, 'model', 'm', 'm', sha256('x'))
                """)) {
            insert.setString(1, machineId);
            insert.execute();
        }
    }

    /** Says what time of day it is; it may go back. */
    void setTimeOfDay(long micros) throws SQLException {
        execute("update time_of_day set micros = " + micros);
    }

    <R> R inTransaction(Transactions.Work<R> work) throws SQLException {
        return Transactions.run(connection, work);
    }

    /** {@code online}, or the reason why not. */
    String state(String machineId) throws SQLException {
        try (PreparedStatement query = connection
                .prepareStatement("select coalesce(offline_reason, status) from machine where machine_id = ?")) {
            query.setString(1, machineId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        server.close();
    }
}
