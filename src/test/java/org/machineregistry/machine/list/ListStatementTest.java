package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.HeldQueries;
import org.machineregistry.database.PooledQueries;
import org.machineregistry.identity.Owners;
import org.machineregistry.label.LabelSelection;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.selection.Selection;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What a list costs the database. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ListStatementTest {
    @Inject
    DataSource database;

    @Test
    void a_list_is_one_statement_whatever_the_number_of_machines() throws SQLException {
        execute("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash)
                select 'statement-' || md5(random()::text), 'statement owner', 'm' || n, 'm' || n, sha256('x')
                from generate_series(1, 50) n""");
        AtomicInteger statements = new AtomicInteger();
        MachineReader reader = new MachineReader(
                new PooledQueries(counting(DataSource.class, database, statements)));

        List<MachineView> list = reader.list(Owners.of("statement owner"),
                ListQuery.parse(new Selection(MachineStatus.OFFLINE, "m", false, LabelSelection.ALL, null), "100", null,
                        ListOrder.BY_NAME),
                100);
        assertThat(list).hasSize(50);
        assertThat(statements).hasValue(1);

        List<MachineView> all = new ArrayList<>();
        reader.eachOf(Set.of("statement owner", "somebody"), 100, all::add);
        assertThat(all).hasSize(50);
        assertThat(statements).hasValue(2);

        assertThat(reader.find(list.stream().map(MachineView::machineId).toList(), Selection.ALL)).hasSize(50);
        assertThat(statements).hasValue(3);

        assertThat(reader.summary(Owners.of("statement owner"), Selection.ALL)).isEqualTo(new MachineSummary(50, 0));
        assertThat(statements).hasValue(4);
        execute("delete from machine where owner = 'statement owner'");
    }

    /** A plan for any label takes it for one that few have, and reads the machines of all owners that have it. */
    @Test
    void a_selection_by_label_is_planned_for_that_label_however_often_it_is_asked() throws SQLException {
        Selection labelled = new Selection(null, null, false, LabelSelection.parse(List.of("env=prod")), null);
        ListQuery query = ListQuery.parse(labelled, null, null, ListOrder.BY_NAME);
        ListQuery unlabelled = ListQuery.parse(Selection.ALL, null, null, ListOrder.BY_NAME);
        Owners owners = Owners.of("statement owner");
        try (HeldQueries held = new HeldQueries(database)) {
            held.ask(ListStatementTest::forgetNames);
            MachineReader reader = new MachineReader(held);
            for (int i = 0; i < 20; i++) {
                reader.list(owners, query, 100);
                reader.summary(owners, labelled);
                reader.each(owners, query, machine -> {
                });
                reader.list(owners, unlabelled, 100);
            }

            // PostgreSQL keeps a plan of what has a name.
            long byLabel = held.ask(connection -> named(connection, "%labels @>%"));
            long all = held.ask(connection -> named(connection, "%from machine where owner%"));
            assertThat(byLabel).isZero();
            assertThat(all).isOne();
        }
    }

    /** The connection is the pool's: other tests may have asked on it before. */
    private static boolean forgetNames(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("deallocate all");
        }
    }

    private static long named(Connection connection, String text) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("select count(*) from pg_prepared_statements where statement like ?")) {
            statement.setString(1, text);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    /** The same, and what it hands out, with each statement counted. */
    private static <T> T counting(Class<T> type, T counted, AtomicInteger statements) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.incrementAndGet();
                    }
                    Object result = method.invoke(counted, arguments);
                    return result instanceof Connection connection
                            ? counting(Connection.class, connection, statements)
                            : result;
                }));
    }

    @Test
    void a_list_and_its_pages_are_read_from_the_index_in_order() throws SQLException {
        execute("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash)
                select 'explained-' || n, 'explained-' || n % 50, 'm' || n, 'm' || n, sha256('x') from generate_series(1, 5000) n""");
        execute("analyze machine");

        String list = explain("select * from machine where owner = 'explained-7' order by sort_key, machine_id");
        String page = explain(
                """
                select * from machine where owner = 'explained-7'
                and (sort_key, machine_id) > ('m2', 'explained-2') order by sort_key, machine_id limit 11""");

        String pageOfSeveral = explain(new Owners(false, Set.of("explained-7", "explained-8")));
        String pageOfEverybody = explain(new Owners(true, Set.of()));

        assertThat(page).contains("machine_by_owner").doesNotContain("Seq Scan").doesNotContain("Sort");
        assertThat(list).contains("machine_by_owner").doesNotContain("Seq Scan").doesNotContain("Sort");
        // What is sorted is a page of each owner.
        assertThat(pageOfSeveral).contains("Limit", "machine_by_owner").doesNotContain("Seq Scan");
        assertThat(pageOfSeveral.split("Limit", -1)).hasSize(3);
        assertThat(pageOfEverybody).contains("machine_by_name").doesNotContain("Seq Scan").doesNotContain("Sort");
        execute("delete from machine where machine_id like 'explained-%'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The plan of the page behind a machine, as it is asked for. */
    private String explain(Owners owners) throws SQLException {
        ListSql sql = ListSql.of(owners,
                ListQuery.parse(Selection.ALL, "10",
                        new PageCursor(ListOrder.BY_NAME, "m2", "explained-2").toString(), ListOrder.BY_NAME));
        String text = "select machine_id from " + sql.from();
        for (Object parameter : sql.parameters()) {
            String value = parameter instanceof Set<?> names
                    ? names.stream().map(Object::toString).collect(Collectors.joining(",", "'{", "}'"))
                    : parameter instanceof Integer ? parameter.toString() : "'" + parameter + "'";
            text = text.replaceFirst("\\?", value);
        }
        return explain(text);
    }

    private String explain(String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("explain " + sql)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
