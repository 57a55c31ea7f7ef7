package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.identity.Owners;
import org.machineregistry.machine.selection.Selection;
import org.machineregistry.text.NamesInOrder;
import org.machineregistry.text.NaturalOrder;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The order of names in the database, also of those that the version before this one writes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SortKeyTest {
    private static final String OWNER = "sort key test";

    @Inject
    DataSource database;
    @Inject
    MachineReader reader;

    @AfterEach
    void nothing_is_left() throws SQLException {
        execute("delete from machine where owner = ?", OWNER);
    }

    @Test
    void the_database_makes_the_same_keys() throws Exception {
        for (String name : names()) {
            String withoutCase = NaturalOrder.withoutCase(name);

            assertThat(ask("select name_sort_key(?)", withoutCase)).isEqualTo(NaturalOrder.keyOf(withoutCase));
        }
    }

    @Test
    void what_the_version_before_registers_is_in_its_place() throws Exception {
        for (String name : names()) {
            registerAsVersion2(name);
        }

        assertThat(listed()).containsExactlyElementsOf(names());
        List<String> listedTogether = new ArrayList<>();
        reader.eachOf(Set.of(OWNER), Integer.MAX_VALUE, machine -> listedTogether.add(machine.name()));
        assertThat(listedTogether).containsExactlyElementsOf(names());
    }

    @Test
    void what_the_version_before_renames_is_in_its_place() throws Exception {
        List.of("m-1", "m-3", "x").forEach(this::registerAsVersion2);

        execute("update machine set name = 'm-2', sort_name = 'm-2' where owner = ? and name = 'x'", OWNER);

        assertThat(listed()).containsExactly("m-1", "m-2", "m-3");
    }

    private static List<String> names() throws IOException {
        return NamesInOrder.groups().stream().map(equal -> equal.get(0)).toList();
    }

    private List<String> listed() {
        return reader
                .list(Owners.of(OWNER), ListQuery.parse(Selection.ALL, null, null, ListOrder.BY_NAME),
                        Integer.MAX_VALUE)
                .stream()
                .map(MachineView::name).toList();
    }

    private void registerAsVersion2(String name) {
        try {
            execute("""
                    insert into machine (machine_id, owner, name, sort_name, secret_hash)
                    values (md5(random()::text), ?, ?, ?, sha256('x'))""", OWNER, name, NaturalOrder.withoutCase(name));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.executeUpdate();
        }
    }

    private String ask(String sql, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, String... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        return statement;
    }
}
