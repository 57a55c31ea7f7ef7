package org.machineregistry.presence;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.Batches;
import org.machineregistry.database.PooledTransactions;
import org.machineregistry.machine.OfflineReason;
import org.machineregistry.presence.clock.PresenceClock;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What batches of two replicas leave in the database. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BatchesTest {
    private static final HeartbeatInterval INTERVAL = new HeartbeatInterval(15, 600);

    private record Row(String status, String offlineReason, int assistantCount) {}

    private record Updates(long all, long hot) {}

    @Inject
    DataSource database;

    @Inject
    PooledTransactions pool;

    @Inject
    PresenceClock clock;

    private Batches batches;
    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void startReplica() {
        batches = new Batches(pool);
    }

    @Test
    void a_poisoned_row_costs_no_other_machine_its_heartbeat() throws SQLException {
        List<String> machines = register(20);
        List<HeartbeatWrite> heard = new ArrayList<>(machines.stream().map(id -> heard(id, 0, 1)).toList());
        heard.set(7, heard(machines.get(7), 0, 100_001));

        write(batches, heard);

        assertThat(refused).containsExactly(machines.get(7));
        for (String machine : machines) {
            boolean poisoned = machine.equals(machines.get(7));
            assertThat(row(machine)).isEqualTo(
                    poisoned ? new Row("offline", "never_connected", 0) : new Row("online", null, 1));
        }
    }

    @Test
    void a_text_that_the_database_does_not_take_costs_no_other_machine_its_heartbeat() throws SQLException {
        List<String> machines = register(3);
        HeartbeatWrite bad = new HeartbeatWrite(new PresenceEntry(machines.get(1)), System.nanoTime(), 1,
                AgentInstance.UNSAID, "a\0b", INTERVAL, Presence.NO_SOCKET);

        write(batches, List.of(heard(machines.get(0), 0, 1), bad, heard(machines.get(2), 0, 1)));

        assertThat(refused).containsExactly(machines.get(1));
        assertThat(row(machines.get(0)).status()).isEqualTo("online");
        assertThat(row(machines.get(2)).status()).isEqualTo("online");
    }

    @Test
    void a_machine_that_was_deleted_meanwhile_is_left_out() throws SQLException {
        List<String> machines = register(1);

        write(batches, List.of(heard(UUID.randomUUID().toString(), 0, 1), heard(machines.get(0), 0, 1)));

        assertThat(refused).isEmpty();
        assertThat(row(machines.get(0)).status()).isEqualTo("online");
    }

    @Test
    void a_heartbeat_from_before_a_disconnect_changes_nothing() throws SQLException {
        String machine = register(1).get(0);
        write(batches, List.of(heard(machine, 30_000, 1)));

        leave(new Batches(pool), machine, 10_000);
        HeartbeatWrite late = heard(machine, 20_000, 5);
        write(batches, List.of(late));

        assertThat(row(machine)).isEqualTo(new Row("offline", "disconnected", 1));
        // So that the next one does not wait for the pace.
        assertThat(late.entry().online).isFalse();
    }

    @Test
    void a_heartbeat_that_waited_does_not_override_what_was_said_after_it() throws SQLException {
        String machine = register(1).get(0);
        write(batches, List.of(heardFrom("192.0.2.2", machine, 10_000, 2)));

        write(new Batches(pool), List.of(heardFrom("192.0.2.1", machine, 20_000, 5)));

        assertThat(row(machine)).isEqualTo(new Row("online", null, 2));
        assertThat(addressOf(machine)).isEqualTo("192.0.2.2");

        write(batches, List.of(heardFrom("192.0.2.3", machine, 0, 3)));

        assertThat(row(machine)).isEqualTo(new Row("online", null, 3));
        assertThat(addressOf(machine)).isEqualTo("192.0.2.3");
    }

    @Test
    void a_heartbeat_from_after_a_disconnect_brings_the_machine_back() throws SQLException {
        String machine = register(1).get(0);
        leave(batches, machine, 10_000);

        HeartbeatWrite back = heard(machine, 5_000, 5);
        write(new Batches(pool), List.of(back));

        assertThat(row(machine)).isEqualTo(new Row("online", null, 5));
        assertThat(back.entry().online).isTrue();
    }

    @Test
    void a_disconnect_from_before_a_heartbeat_changes_nothing() throws SQLException {
        // A creation counts as the first sign: the machine is older than both.
        String machine = register(1).get(0);
        write(batches, List.of(heard(machine, 0, 1)));

        leave(new Batches(pool), machine, 10_000);

        assertThat(row(machine)).isEqualTo(new Row("online", null, 1));
    }

    @Test
    void a_locked_row_holds_up_its_own_machine_alone() throws SQLException {
        List<String> machines = register(3);
        String locked = machines.get(1);

        List<HeartbeatWrite> again;
        try (Connection psql = database.getConnection();
                PreparedStatement lock = psql
                        .prepareStatement("select from machine where machine_id = ? for update")) {
            psql.setAutoCommit(false);
            lock.setString(1, locked);
            lock.execute();
            again = writeOnce(batches, machines.stream().map(id -> heard(id, 0, 1)).toList());
            psql.rollback();
        }

        assertThat(again).extracting(write -> write.entry().machineId).containsExactly(locked);
        assertThat(row(locked).status()).isEqualTo("offline");
        assertThat(row(machines.get(0)).status()).isEqualTo("online");
        assertThat(row(machines.get(2)).status()).isEqualTo("online");
        write(batches, again);
        assertThat(row(locked).status()).isEqualTo("online");
    }

    @Test
    void two_replicas_write_the_same_rows_at_once_and_nothing_is_lost() throws Exception {
        List<String> machines = register(300);
        int rounds = 25;
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService replicas = Executors.newFixedThreadPool(2);
        try {
            List<Future<Void>> done = new ArrayList<>();
            for (int replica = 0; replica < 2; replica++) {
                done.add(replicas.submit(replica(machines, rounds, together, new Random(replica))));
            }
            for (Future<Void> replica : done) {
                replica.get(60, SECONDS);
            }
        } finally {
            replicas.shutdownNow();
        }

        assertThat(refused).isEmpty();
        for (String machine : machines) {
            assertThat(row(machine)).isEqualTo(new Row("online", null, rounds));
        }
    }

    @Test
    void a_heartbeat_is_a_hot_update() throws SQLException {
        List<String> machines = register(200);
        write(batches, machines.stream().map(id -> heard(id, 0, 1)).toList());
        Updates before = settledUpdates(0);

        int rounds = 5;
        for (int round = 1; round <= rounds; round++) {
            write(batches, machines.stream().map(id -> heard(id, 0, 1)).toList());
        }

        long expected = (long) rounds * machines.size();
        Updates after = settledUpdates(before.all() + expected);
        assertThat(after.all() - before.all()).isGreaterThanOrEqualTo(expected);
        // Where a page is full, some are not; were a column of theirs in an index, none would be.
        assertThat(after.hot() - before.hot()).isGreaterThan(expected / 2);
    }

    @Test
    void a_heartbeat_of_a_wide_row_writes_none_of_what_is_wide_again_and_is_a_hot_update() throws SQLException {
        Set<Long> others = outOfLine();
        List<String> machines = register(20);
        write(batches, machines.stream().map(id -> heard(id, 0, 1)).toList());
        widen(machines);
        Set<Long> wide = outOfLine();
        assertThat(wide).as("metadata, assistants and changes of each are out of line")
                .hasSizeGreaterThanOrEqualTo(others.size() + 3 * machines.size());
        Updates before = settledUpdates(0);

        int rounds = 10;
        for (int round = 1; round <= rounds; round++) {
            write(batches, machines.stream().map(id -> heard(id, 0, 1)).toList());
        }

        long expected = (long) rounds * machines.size();
        Updates after = settledUpdates(before.all() + expected);
        assertThat(after.hot() - before.hot()).isGreaterThan(expected / 2);
        assertThat(wide).as("what is written again is a value of its own").containsAll(outOfLine());
    }

    /** Gives machines as much as one can have: 64 changes, 8 KiB of metadata and 32 KiB of assistants. */
    private void widen(List<String> machines) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        update machine set metadata = repeat('m', 8192), assistants = repeat('a', 32768),
                          history = array(select 1795449000000 - i || ' offline missed_heartbeats' from generate_series(1, 64) i)
                        where machine_id = any(?)""")) {
            statement.setArray(1, connection.createArrayOf("text", machines.toArray()));
            assertThat(statement.executeUpdate()).isEqualTo(machines.size());
        }
    }

    /** Beats of all machines, again and again, each time in another order. */
    private Callable<Void> replica(List<String> machines, int rounds, CyclicBarrier together, Random random) {
        Batches own = new Batches(pool);
        return () -> {
            for (int round = 1; round <= rounds; round++) {
                int count = round;
                List<HeartbeatWrite> heard = new ArrayList<>(machines.stream().map(id -> heard(id, 0, count)).toList());
                Collections.shuffle(heard, random);
                together.await(30, SECONDS);
                for (List<HeartbeatWrite> left = heard; !left.isEmpty();) {
                    left = writeOnce(own, left);
                }
            }
            return null;
        };
    }

    @Test
    void each_batch_is_planned_for_its_own_size() throws SQLException {
        List<HeartbeatWrite> heard = register(3).stream().map(id -> heard(id, 0, 1)).toList();

        try (Connection connection = database.getConnection()) {
            for (int round = 1; round <= 10; round++) {
                HeartbeatStatement.execute(connection, heard, clock, System.nanoTime());
            }

            // A plan that is kept joins each row with each, and ten thousand take ten seconds.
            assertThat(kept(connection, "with heard as%")).isZero();
            assertThat(kept(connection, "select count(*) from pg_prepared_statements%")).isPositive();
        }
    }

    /** How many such plans this connection keeps, after this question was asked often enough to be kept itself. */
    private static long kept(Connection connection, String statement) throws SQLException {
        try (PreparedStatement count = connection
                .prepareStatement("select count(*) from pg_prepared_statements where statement like ?")) {
            count.setString(1, statement);
            long kept = 0;
            for (int time = 1; time <= 10; time++) {
                try (ResultSet rows = count.executeQuery()) {
                    rows.next();
                    kept = rows.getLong(1);
                }
            }
            return kept;
        }
    }

    private void write(Batches replica, List<HeartbeatWrite> heard) throws SQLException {
        assertThat(writeOnce(replica, heard)).isEmpty();
    }

    /** @return what is to be tried again */
    private List<HeartbeatWrite> writeOnce(Batches replica, List<HeartbeatWrite> heard) throws SQLException {
        List<HeartbeatWrite> locked = new ArrayList<>();
        replica.write(heard, (connection, rows, now) -> {
            HeartbeatOutcome outcome = HeartbeatStatement.execute(connection, rows, clock, now);
            return () -> locked.addAll(outcome.settle());
        }, (row, failure) -> refused.add(row.entry().machineId));
        return locked;
    }

    private void leave(Batches replica, String machineId, long millisAgo) throws SQLException {
        DisconnectWrite disconnect = new DisconnectWrite(new PresenceEntry(machineId), ago(millisAgo),
                Presence.NO_SOCKET,
                AgentInstance.UNSAID, OfflineReason.DISCONNECTED, null);
        replica.write(List.of(disconnect), (connection, rows, now) -> {
            Settlement<DisconnectWrite> settlement = DisconnectStatement.execute(connection, rows, clock, now);
            return settlement::settle;
        }, (row, failure) -> refused.add(row.entry().machineId));
    }

    private static HeartbeatWrite heard(String machineId, long millisAgo, int assistantCount) {
        return heardFrom(null, machineId, millisAgo, assistantCount);
    }

    private static HeartbeatWrite heardFrom(String address, String machineId, long millisAgo, int assistantCount) {
        return new HeartbeatWrite(new PresenceEntry(machineId), ago(millisAgo), assistantCount, AgentInstance.UNSAID,
                address, INTERVAL, Presence.NO_SOCKET);
    }

    private static long ago(long millis) {
        return System.nanoTime() - MILLISECONDS.toNanos(millis);
    }

    private List<String> register(int count) throws SQLException {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> UUID.randomUUID().toString()).toList();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        insert into machine (machine_id, owner, name, sort_name, secret_hash, last_heartbeat, created_at, labels)
                        select id, 'batches', 'm', 'm', sha256(id::bytea), now() - interval '1 hour', now() - interval '1 hour',
                          '{"env": "prod"}'
                        from unnest(?) id""")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            statement.execute();
        }
        return ids;
    }

    private String addressOf(String machineId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection
                        .prepareStatement("select address from machine where machine_id = ?")) {
            statement.setString(1, machineId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private Row row(String machineId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select status, offline_reason, assistant_count from machine where machine_id = ?")) {
            statement.setString(1, machineId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Row(row.getString(1), row.getString(2), row.getInt(3));
            }
        }
    }

    // Counts reach the statistics with a delay.
    private Updates settledUpdates(long least) {
        return await().atMost(20, SECONDS).pollInterval(600, MILLISECONDS)
                .until(() -> Stream.of(updates(), updates()).toList(),
                        two -> two.get(0).equals(two.get(1)) && two.get(0).all() >= least)
                .get(0);
    }

    /** The values that are stored out of line: their rows have no more than these numbers. */
    private Set<Long> outOfLine() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            Set<Long> values = new HashSet<>();
            try (ResultSet rows = statement
                    .executeQuery("select distinct chunk_id from " + outOfLineTable(statement))) {
                while (rows.next()) {
                    values.add(rows.getLong(1));
                }
            }
            return values;
        }
    }

    private static String outOfLineTable(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select reltoastrelid::regclass::text from pg_class where oid = 'machine'::regclass")) {
            row.next();
            return row.getString(1);
        }
    }

    private Updates updates() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = 'machine'");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Updates(row.getLong(1), row.getLong(2));
        }
    }
}
