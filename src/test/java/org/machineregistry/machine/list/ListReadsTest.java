package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.PooledQueries;
import org.machineregistry.identity.Owners;
import org.machineregistry.label.LabelSelection;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.selection.Selection;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Who shares a read with whom. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ListReadsTest {
    private static final ListQuery ALL = ListQuery.parse(Selection.ALL, null, null, ListOrder.BY_NAME);
    private static final String OWNER = "reads owner";

    @Inject
    DataSource database;
    @Inject
    ObjectMapper mapper;

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private ListReads reads;

    @BeforeEach
    void start() throws SQLException {
        MachineReader reader = new MachineReader(new PooledQueries(database));
        ListPages pages = new ListPages(mapper);
        reads = new ListReads(reader, pages, new LargeLists(reader, pages, workers::add, new SimpleMeterRegistry()),
                workers::add);
        insert("reads-machine-1");
    }

    @AfterEach
    void clean() throws SQLException {
        execute("delete from machine where owner = '" + OWNER + "'");
    }

    @Test
    void those_who_ask_in_one_moment_share_a_read() {
        List<ListPage> pages = new ArrayList<>();
        reads.read(ask(OWNER, ALL)).thenAccept(pages::add);
        reads.read(ask(OWNER, ALL)).thenAccept(pages::add);

        runWorkers();

        assertThat(pages).hasSize(2);
        assertThat(pages.get(0)).isSameAs(pages.get(1));
    }

    @Test
    void a_read_that_began_before_the_question_answers_nobody() throws SQLException {
        List<ListPage> before = new ArrayList<>();
        List<ListPage> after = new ArrayList<>();
        reads.read(ask(OWNER, ALL)).thenAccept(page -> {
            before.add(page);
            // Registered after that read, and asked for before its round is over.
            insert("reads-machine-2");
            reads.read(ask(OWNER, ALL)).thenAccept(after::add);
        });

        runWorkers();

        assertThat(new String(before.get(0).bytes())).doesNotContain("reads-machine-2");
        assertThat(new String(after.get(0).bytes())).contains("reads-machine-2");
    }

    @Test
    void other_owners_and_other_questions_have_reads_of_their_own() {
        List<ListPage> pages = new ArrayList<>();
        reads.read(ask(OWNER, ALL)).thenAccept(pages::add);
        reads.read(ask("somebody else", ALL)).thenAccept(pages::add);
        reads.read(
                ask(OWNER,
                        ListQuery.parse(new Selection(MachineStatus.ONLINE, null, false, LabelSelection.ALL, null),
                                null, null, ListOrder.BY_NAME)))
                .thenAccept(pages::add);

        runWorkers();

        assertThat(pages).extracting(page -> new String(page.bytes()).contains("reads-machine-1"))
                .containsExactly(true, false, false);
    }

    private static Question ask(String owner, ListQuery query) {
        return new Question(Owners.of(owner), query);
    }

    private void runWorkers() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    private void insert(String machineId) {
        try {
            execute("insert into machine (machine_id, owner, name, sort_name, secret_hash) values ('" + machineId
                    + "', '"
                    + OWNER + "', 'm', 'm', sha256('x'))");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
