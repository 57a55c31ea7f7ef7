package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.PooledQueries;
import org.machineregistry.identity.Owners;
import org.machineregistry.label.LabelJson;
import org.machineregistry.label.LabelSelection;
import org.machineregistry.machine.selection.Selection;
import org.machineregistry.machine.selection.SelectionSql;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Selections by label, as the database understands them, held to the simplest filter that there is. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LabelSelectionTest {
    private static final String OWNER = "label selection";
    private static final int MACHINES = 10_000;
    private static final int SELECTIONS = 300;
    private static final List<String> KEYS = List.of("env", "zone", "gpu", "example.com/role", "a-b_c");
    private static final List<String> VALUES = List.of("prod", "test", "", "eu", "\"quoted\" \\ 'it'", "B\u00fcro", "?",
            "null");
    private static final List<String> SYSTEMS = List.of("Linux", "macOS 15", "");

    /** @param os null where it did not say */
    private record Row(String machineId, Map<String, String> labels, String os) {
        String valueOf(String key) {
            return key.equals("machine.os") ? os : labels.get(key);
        }
    }

    private record Asked(String key, String value, boolean negated) {
        String text() {
            return value == null ? (negated ? "!" : "") + key : key + (negated ? "!=" : "=") + value;
        }

        boolean means(Row row) {
            String found = row.valueOf(key);
            return negated != (value == null ? found != null : value.equals(found));
        }
    }

    @Inject
    DataSource database;

    // Always the same, so that a failure comes again.
    private final Random random = new Random(20);

    @BeforeEach
    @AfterEach
    void nobody_has_any() throws SQLException {
        execute("delete from machine where owner = '" + OWNER + "'");
    }

    @Test
    void any_selection_finds_what_a_plain_filter_finds() throws SQLException {
        List<Row> rows = insert();
        MachineReader reader = new MachineReader(new PooledQueries(database));
        int found = 0;

        for (int i = 0; i < SELECTIONS; i++) {
            List<Asked> asked = new ArrayList<>();
            for (int more = 1 + random.nextInt(3); more > 0; more--) {
                asked.add(anySelector());
            }
            Set<String> expected = new TreeSet<>();
            rows.stream().filter(row -> asked.stream().allMatch(one -> one.means(row)))
                    .forEach(row -> expected.add(row.machineId));
            Selection selection = new Selection(null, null, false,
                    LabelSelection.parse(asked.stream().map(Asked::text).toList()), null);

            Set<String> listed = new TreeSet<>();
            reader.each(Owners.of(OWNER), ListQuery.parse(selection, null, null, ListOrder.BY_NAME),
                    machine -> listed.add(machine.machineId()));

            assertThat(listed).as(asked.toString()).isEqualTo(expected);
            assertThat(reader.summary(Owners.of(OWNER), selection).total()).isEqualTo(expected.size());
            found += expected.size();
        }
        assertThat(found).isBetween(SELECTIONS, SELECTIONS * MACHINES / 2);
    }

    @Test
    void few_of_many_are_found_by_the_index_of_labels() throws SQLException {
        insert();
        execute("update machine set labels = '{\"rare\":\"1\"}' where machine_id = 'labelled-7'");
        execute("analyze machine");
        SelectionSql sql = SelectionSql.of(Owners.of(OWNER),
                new Selection(null, null, false, LabelSelection.parse(List.of("rare")), null));

        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection
                        .prepareStatement("explain select machine_id from machine where " + sql.where())) {
            sql.set(statement, 1);
            try (ResultSet lines = statement.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
        }

        assertThat(plan).contains("machine_by_label");
    }

    private Asked anySelector() {
        boolean ofMachine = random.nextInt(5) == 0;
        String key = ofMachine ? "machine.os" : any(KEYS);
        return new Asked(key, random.nextInt(3) == 0 ? null : any(ofMachine ? SYSTEMS : VALUES), random.nextBoolean());
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private List<Row> insert() throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            Map<String, String> labels = new TreeMap<>();
            KEYS.stream().filter(key -> random.nextInt(3) == 0).forEach(key -> labels.put(key, any(VALUES)));
            rows.add(new Row("labelled-" + i, labels, random.nextInt(4) == 0 ? null : any(SYSTEMS)));
        }
        String sql = """
                insert into machine (machine_id, owner, name, sort_name, secret_hash, labels, os)
                select id, ?, 'm', 'm', sha256('x'), labels, os
                from unnest(?::text[], ?::jsonb[], ?::text[]) as given (id, labels, os)""";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, OWNER);
            statement.setArray(2, connection.createArrayOf("text", rows.stream().map(Row::machineId).toArray()));
            statement.setArray(3, connection.createArrayOf("text",
                    rows.stream().map(row -> LabelJson.of(row.labels)).toArray()));
            statement.setArray(4, connection.createArrayOf("text", rows.stream().map(Row::os).toArray()));
            statement.execute();
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
