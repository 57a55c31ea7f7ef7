package org.machineregistry.machine.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.change.ChangeListener;
import org.machineregistry.change.Resync;
import org.machineregistry.identity.User;
import org.machineregistry.machine.MachinesConfig;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** For how many machines there is room, beside those that other tests have registered. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AnonymousQuotaTest {
    private static final int ROOM = 3;
    private static final User ANONYMOUS = new User("quota test", Instant.MAX, true, "session", 0);
    private static final User WITH_ACCOUNT = new User("quota test", Instant.MAX, false, "session", 0);

    @Inject
    DataSource database;
    @Inject
    ChangeListener listener;

    private Connection connection;
    private AnonymousQuota quota;

    @BeforeEach
    void there_is_room_for_some() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
        insert(5);
        long most = count() + ROOM;
        quota = new AnonymousQuota(new Settings(most), listener);
    }

    @AfterEach
    void nothing_is_left() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void of_many_at_once_as_many_are_admitted_as_fit() throws SQLException {
        assertThat(admitted(machines(ROOM + 2, ANONYMOUS))).isEqualTo(ROOM);
    }

    @Test
    void people_with_an_account_are_admitted_however_many_there_are() throws SQLException {
        List<NewMachine> both = Stream.concat(machines(ROOM + 1, ANONYMOUS).stream(),
                machines(10, WITH_ACCOUNT).stream()).toList();

        assertThat(admitted(both)).isEqualTo(ROOM + 10);
    }

    @Test
    void what_was_admitted_takes_room_also_before_rows_are_counted_again() throws SQLException {
        assertThat(admitted(machines(1, ANONYMOUS))).isEqualTo(1);
        insert(1);
        assertThat(admitted(machines(1, ANONYMOUS))).isEqualTo(1);
        insert(1);

        assertThat(admitted(machines(3, ANONYMOUS))).isEqualTo(1);
    }

    @Test
    void where_registrations_may_have_gone_unheard_the_rows_are_counted() throws SQLException {
        assertThat(admitted(machines(1, ANONYMOUS))).isEqualTo(1);
        insert(ROOM);

        quota.forget(new Resync(true));

        assertThat(admitted(machines(1, ANONYMOUS))).isZero();
    }

    private int admitted(List<NewMachine> machines) throws SQLException {
        return quota.admit(connection, machines).get(true).size();
    }

    private static List<NewMachine> machines(int count, User owner) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> new NewMachine("quota-test-" + i, owner.id(), owner.anonymous(), 0, "m", null, null, null,
                                new CompletableFuture<>()))
                .toList();
    }

    private void insert(int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into machine (machine_id, owner, name, sort_name, secret_hash, anonymous)
                    select md5(random()::text), 'quota test', 'm', 'm', sha256('x'), true from generate_series(1, %d)"""
                    .formatted(rows));
        }
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from machine where anonymous")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private record Settings(long anonymousQuota) implements MachinesConfig {
        @Override
        public long quota() {
            return Long.MAX_VALUE;
        }

        @Override
        public Duration rotationOverlap() {
            return Duration.ZERO;
        }
    }
}
