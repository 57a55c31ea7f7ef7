package org.machineregistry.removal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;
import org.machineregistry.audit.Audit;
import org.machineregistry.database.ExplainingDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** How PostgreSQL finds the machines that are to be removed, among many that are not yet. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RemovalPlanTest {
    private static final int MACHINES = 20_000;
    private static final int AT_ONCE = 4_000;
    private static final long LONG_HEARD = 1_000_000;
    private static final String SCAN = "Seq Scan on machine";

    @Inject
    DataSource database;

    @Inject
    Audit audit;

    @AfterEach
    void delete() throws SQLException {
        execute("delete from machine where owner = 'removal plan'");
        execute("analyze machine");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void whatever_the_share_that_is_due_it_is_read_from_its_index(int duePercent) throws SQLException {
        ExplainingDatabase explaining = register(duePercent);
        OfflineRemoval removal = removal(explaining);

        removal.refuseDue(LONG_HEARD);
        List<String> refusals = explaining.plans();
        execute("analyze machine");
        removal.removeRefused(0);
        List<String> removals = explaining.plans();

        assertThat(refusals).isNotEmpty()
                .allSatisfy(plan -> assertThat(plan).contains("machine_remove_due").doesNotContain(SCAN));
        assertThat(removals).isNotEmpty()
                .allSatisfy(plan -> assertThat(plan).contains("machine_remove_due").doesNotContain(SCAN));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void each_look_whether_one_is_due_asks_the_index_alone(int duePercent) throws SQLException {
        ExplainingDatabase explaining = register(duePercent);

        removal(explaining).advanceClock();

        assertThat(explaining.plans()).singleElement().satisfies(
                plan -> assertThat(plan).contains("machine_remove_due").doesNotContain(SCAN));
    }

    @Test
    void where_none_is_to_be_removed_no_time_is_corrected_by_a_scan() throws SQLException {
        ExplainingDatabase explaining = register(0);
        execute("update machine set remove_after_seconds = null where remove_after_seconds is not null");
        execute("analyze machine");

        removal(explaining).correctTimes();

        assertThat(explaining.plans()).singleElement().satisfies(
                plan -> assertThat(plan).contains("machine_remove_due").doesNotContain(SCAN));
    }

    private OfflineRemoval removal(ExplainingDatabase explaining) {
        return new OfflineRemoval(new BatchRemoval(explaining.transactions()), explaining.transactions(), audit);
    }

    private ExplainingDatabase register(int duePercent) throws SQLException {
        for (int first = 1; first < MACHINES; first += AT_ONCE) {
            execute("""
                    insert into machine (machine_id, owner, name, sort_name, secret_hash, remove_after_seconds)
                    select 'removal-plan-' || n, 'removal plan', 'm' || n, 'm' || n, sha256('x'), 86400
                    from generate_series(%d, %d) n""".formatted(first, first + AT_ONCE - 1));
        }
        // The service's own sweep must not find them first: it waits until it has listened for the ttl.
        execute("""
                update machine set remove_due_micros = -1, ttl_seconds = 900000
                where owner = 'removal plan' and substr(machine_id, 14)::int %% 100 < %d""".formatted(duePercent));
        execute("analyze machine");
        return new ExplainingDatabase(database);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
