package org.machineregistry.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.ExplainingDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** How PostgreSQL finds the machines of which there is something to tell, among many that wait for their time. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OutboxPlanTest {
    private static final int MACHINES = 20_000;
    private static final int AT_ONCE = 4_000;
    private static final long LONG_HEARD = 1_000_000;
    private static final long LEASE = 20_000_000;
    private static final String SCAN = "Seq Scan on machine";

    @Inject
    DataSource database;

    @AfterEach
    void delete() throws SQLException {
        execute("delete from machine where owner = 'outbox plan'");
        execute("update alert_sender set leased_until_micros = 0, failures = 0");
        execute("analyze machine");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void whatever_the_share_that_is_due_it_is_read_from_its_indexes(int duePercent) throws SQLException {
        register(duePercent);
        ExplainingDatabase explaining = new ExplainingDatabase(database);
        AlertOutbox outbox = new AlertOutbox(explaining.queries());

        outbox.take(LONG_HEARD, LEASE);
        assertThat(explaining.plans()).singleElement().satisfies(plan -> assertThat(plan)
                .contains("machine_alert_due", "machine_alert_pending", "machine_warn_due", "machine_warning_pending")
                .doesNotContain(SCAN));

        AlertMessage alert = outbox.next(MessageKind.ALERT, LONG_HEARD, List.of());
        assertThat(explaining.plans()).hasSize(3)
                .allSatisfy(
                        plan -> assertThat(plan).containsPattern("machine_alert_(due|pending)").doesNotContain(SCAN));

        AlertMessage warning = outbox.next(MessageKind.REMOVAL_WARNING, LONG_HEARD, List.of());
        assertThat(explaining.plans()).hasSize(3)
                .allSatisfy(plan -> assertThat(plan).containsPattern("machine_warn(_due|ing_pending)")
                        .doesNotContain(SCAN));

        assertThat(alert == null).isEqualTo(duePercent == 0);
        assertThat(warning == null).isEqualTo(duePercent == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, AlertOutbox.MOST})
    void rows_that_have_arrived_are_found_by_index(int machines) throws SQLException {
        register(50);
        ExplainingDatabase explaining = new ExplainingDatabase(database);
        AlertOutbox outbox = new AlertOutbox(explaining.queries());
        outbox.take(LONG_HEARD, LEASE);
        for (MessageKind kind : MessageKind.values()) {
            AlertMessage message = outbox.next(kind, LONG_HEARD, List.of());
            explaining.plans();
            execute("analyze machine");

            outbox.settle(new AlertMessage(message.id(), message.alerts().subList(0, machines)));

            assertThat(explaining.plans()).singleElement()
                    .satisfies(plan -> assertThat(plan).contains("Index").doesNotContain(SCAN));
        }
    }

    private void register(int duePercent) throws SQLException {
        // Other tests leave machines behind, of which there may be something to tell.
        execute("update machine set alert_after_seconds = null, remove_after_seconds = null");
        for (int first = 1; first < MACHINES; first += AT_ONCE) {
            execute("""
                    insert into machine (machine_id, owner, name, sort_name, secret_hash, alert_after_seconds, remove_after_seconds)
                    select 'outbox-plan-' || n, 'outbox plan', 'm' || n, 'm' || n, sha256('x'), 3600, 86400
                    from generate_series(%d, %d) n""".formatted(first, first + AT_ONCE - 1));
        }
        execute("""
                update machine set alert_due_micros = -1, warn_due_micros = -1
                where owner = 'outbox plan' and substr(machine_id, 13)::int %% 100 < %d""".formatted(duePercent));
        execute("analyze machine");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
