package org.machineregistry.presence;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.Batches;
import org.machineregistry.database.HeldConnection;
import org.machineregistry.presence.clock.PresenceClock;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Batches of heartbeats of machines whose rows others write and lock meanwhile. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@Timeout(60)
class HeartbeatStatementTest {
    private static final int MACHINES = 1_000;
    private static final int ROUNDS = 30;
    private static final HeartbeatInterval INTERVAL = new HeartbeatInterval(15, 45);
    /** What lies between the columns that change is logged as well: 64 more, were they not side by side. */
    private static final int MOST_BYTES_OF_LOG = 210;

    @Inject
    DataSource database;

    @Inject
    PresenceClock clock;

    @BeforeEach
    void register() throws SQLException {
        execute("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash, hostname, os, agent_version)
                select 'heartbeat-' || lpad(i::text, 6, '0'), 'heartbeats', 'm' || i, 'm' || i, sha256(i::text::bytea),
                  'host-' || i, 'Debian GNU/Linux 12', '1.0.0'
                from generate_series(0, %d) i""".formatted(MACHINES - 1));
    }

    @AfterEach
    void delete() throws SQLException {
        execute("delete from machine where owner = 'heartbeats'");
    }

    @Test
    void replicas_that_hear_the_same_machines_at_once_lose_nothing() throws Exception {
        List<CompletableFuture<Long>> replicas = IntStream.range(0, 3)
                .mapToObj(replica -> supplyAsync(this::beatInAnyOrder))
                .toList();
        long heard = 0;
        for (CompletableFuture<Long> replica : replicas) {
            heard = Math.max(heard, replica.get());
        }

        assertThat(number(
                "select count(*) from machine where owner = 'heartbeats' and status = 'online' and heard_micros >= "
                        + heard))
                .isEqualTo(MACHINES);
    }

    /** Returns the presence clock before the last round. */
    private long beatInAnyOrder() {
        long heard = 0;
        try (HeldConnection replica = replica()) {
            for (int round = 0; round < ROUNDS; round++) {
                heard = clock.at(System.nanoTime());
                List<HeartbeatWrite> batch = heartbeats();
                Collections.shuffle(batch);
                while (!batch.isEmpty()) {
                    batch = write(replica, batch);
                }
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        return heard;
    }

    @Test
    void a_row_that_somebody_keeps_locked_holds_up_its_own_machine_alone() throws SQLException {
        try (HeldConnection replica = replica(); Connection psql = database.getConnection()) {
            psql.setAutoCommit(false);
            try (Statement lock = psql.createStatement()) {
                lock.execute("select from machine where machine_id = 'heartbeat-000007' for update");
            }

            assertThat(write(replica, heartbeats())).extracting(write -> write.entry().machineId)
                    .containsExactly("heartbeat-000007");
            psql.rollback();
        }
        assertThat(number("select count(*) from machine where owner = 'heartbeats' and status = 'online'"))
                .isEqualTo(MACHINES - 1);
    }

    @Test
    void an_ordinary_heartbeat_leaves_little_in_the_log() throws SQLException {
        // What reads for long keeps pages from being cleared, and rows go to other ones then.
        execute("alter table machine set (autovacuum_enabled = false)");
        try (HeldConnection replica = replica()) {
            // They come online, and each page is logged in whole once. So few of a page's rows at a time have room on it.
            List<List<HeartbeatWrite>> tenths = tenths();
            tenths.forEach(tenth -> write(replica, tenth));
            execute("vacuum machine");
            tenths.forEach(tenth -> write(replica, tenth));
            // A checkpoint, after which pages are logged in whole again, comes once in minutes.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 3; round++) {
                long before = logged();
                tenths().forEach(tenth -> write(replica, tenth));
                least = Math.min(least, logged() - before);
            }

            assertThat(least / MACHINES).isLessThanOrEqualTo(MOST_BYTES_OF_LOG);
        } finally {
            execute("alter table machine reset (autovacuum_enabled)");
        }
    }

    private HeldConnection replica() {
        return new HeldConnection(database, Duration.ofSeconds(5));
    }

    private static List<HeartbeatWrite> heartbeats() {
        return new ArrayList<>(IntStream.range(0, MACHINES).mapToObj(machine -> new HeartbeatWrite(
                new PresenceEntry("heartbeat-%06d".formatted(machine)), System.nanoTime(), PresenceEntry.UNSAID,
                AgentInstance.UNSAID, "192.0.2.7", INTERVAL, Presence.NO_SOCKET)).toList());
    }

    private static List<List<HeartbeatWrite>> tenths() {
        List<HeartbeatWrite> all = heartbeats();
        return IntStream.range(0, 10).mapToObj(tenth -> IntStream.range(0, MACHINES / 10)
                .mapToObj(row -> all.get(10 * row + tenth)).toList()).toList();
    }

    /** Returns those that are to be written again. */
    private List<HeartbeatWrite> write(HeldConnection replica, List<HeartbeatWrite> heartbeats) {
        List<HeartbeatWrite> again = new ArrayList<>();
        try {
            new Batches(replica).write(heartbeats, (connection, rows, now) -> {
                HeartbeatOutcome outcome = HeartbeatStatement.execute(connection, rows, clock, now);
                return () -> again.addAll(outcome.settle());
            }, (write, failure) -> {
                throw new AssertionError(failure);
            });
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        return again;
    }

    private long logged() throws SQLException {
        return number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
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
