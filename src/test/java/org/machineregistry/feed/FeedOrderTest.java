package org.machineregistry.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.Teams;
import org.machineregistry.identity.User;
import org.machineregistry.machine.list.Question;
import org.machineregistry.machine.list.Snapshots;
import org.machineregistry.machine.selection.Selection;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What a stream is sent, in which order, while snapshots and changes are read side by side. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FeedOrderTest {
    private static final String OWNER = "order owner";
    private static final String OTHER = "order other";

    @Inject
    DataSource database;
    @Inject
    ObjectMapper mapper;
    @Inject
    Snapshots snapshots;

    private final Tasks snapshotTasks = new Tasks();
    private final Tasks changeTasks = new Tasks();
    private final Subscriptions subscriptions = new Subscriptions(new SimpleMeterRegistry());
    private FeedEvents events;
    private FeedScheduler reader;

    @BeforeEach
    void start() {
        events = new FeedEvents(mapper);
        reader = new FeedScheduler(subscriptions, new SnapshotReader(snapshots, events, snapshotTasks),
                new FeedPublisher(database, subscriptions, events), changeTasks);
    }

    @AfterEach
    void clean() {
        execute("delete from machine where owner like 'order %'");
    }

    @Test
    void a_change_that_is_announced_while_the_first_snapshot_is_read_is_sent_after_it() {
        register(OWNER, "order-machine-1", "older");
        Recorded stream = open(OWNER);
        snapshotTasks.run();

        rename("order-machine-1", "newer");
        reader.changed(List.of(new Change(Kind.UPDATED, OWNER, "order-machine-1")));
        changeTasks.run();

        assertThat(stream.sent).containsExactly("snapshot older", "alive", "machine newer");
    }

    @Test
    void a_change_that_was_read_before_the_snapshot_came_is_sent_after_it() {
        register(OWNER, "order-machine-1", "older");
        Recorded stream = open(OWNER);

        reader.changed(List.of(new Change(Kind.UPDATED, OWNER, "order-machine-1")));
        changeTasks.run();
        snapshotTasks.run();
        rename("order-machine-1", "newer");
        changeTasks.run();

        assertThat(stream.sent).containsExactly("snapshot older", "alive", "machine newer");
    }

    @Test
    void a_stream_that_starts_over_shows_no_change_before_its_new_snapshot() {
        register(OWNER, "order-machine-1", "first");
        Recorded stream = opened(OWNER);
        reader.snapshot(stream.subscription);
        snapshotTasks.run();

        rename("order-machine-1", "newer");
        reader.changed(List.of(new Change(Kind.UPDATED, OWNER, "order-machine-1")));
        changeTasks.run();

        assertThat(stream.sent).containsExactly("snapshot first", "machine newer");
    }

    @Test
    void a_snapshot_that_was_asked_for_before_a_newer_one_does_not_end_the_waiting() {
        register(OWNER, "order-machine-1", "first");
        Recorded stream = open(OWNER);
        snapshotTasks.run();
        reader.snapshot(stream.subscription);
        reader.changed(List.of(new Change(Kind.UPDATED, OWNER, "order-machine-1")));
        changeTasks.run();
        assertThat(stream.sent).containsExactly("snapshot first", "alive");

        rename("order-machine-1", "newer");
        snapshotTasks.run();
        changeTasks.run();

        assertThat(stream.sent).containsExactly("snapshot first", "alive", "snapshot newer", "machine newer");
    }

    @Test
    void a_machine_that_is_removed_and_registered_again_meanwhile_is_there_at_the_end() {
        register(OWNER, "order-machine-1", "first");
        Recorded stream = open(OWNER);
        snapshotTasks.run();
        execute("delete from machine where machine_id = 'order-machine-1'");
        reader.changed(List.of(new Change(Kind.REMOVED, OWNER, "order-machine-1")));
        register(OWNER, "order-machine-1", "again");
        reader.changed(List.of(new Change(Kind.CREATED, OWNER, "order-machine-1")));

        changeTasks.run();

        assertThat(stream.sent).containsExactly("snapshot first", "alive", "removed", "machine again");
    }

    @Test
    void who_missed_too_much_gets_another_snapshot_instead() {
        register(OWNER, "order-machine-1", "first");
        Recorded stream = open(OWNER);
        snapshotTasks.run();
        register(OWNER, "order-machine-2", "second");
        Recorded late = open(OWNER);
        reader.changed(veryMany());
        changeTasks.run();
        late.sent.clear();

        snapshotTasks.run();
        changeTasks.run();
        snapshotTasks.run();
        changeTasks.run();

        assertThat(stream.sent).containsExactly("snapshot first", "alive", "snapshot first,second");
        assertThat(late.sent).containsExactly("snapshot first,second", "alive", "snapshot first,second");
    }

    @Test
    void very_many_changes_while_it_waits_for_its_list_are_one_list_more() {
        register(OWNER, "order-machine-1", "first");
        Recorded stream = opened(OWNER);

        for (int burst = 0; burst < 5; burst++) {
            reader.changed(veryMany());
            changeTasks.run();
        }
        rename("order-machine-1", "newer");
        for (int read = 0; read < 5; read++) {
            snapshotTasks.run();
            changeTasks.run();
        }

        assertThat(stream.sent).containsExactly("snapshot newer", "snapshot newer");
    }

    @Test
    void changes_of_one_owner_do_not_wait_for_the_snapshot_of_another() {
        register(OTHER, "order-machine-1", "first");
        Recorded other = opened(OTHER);
        Recorded waiting = open(OWNER);

        rename("order-machine-1", "newer");
        reader.changed(List.of(new Change(Kind.UPDATED, OTHER, "order-machine-1")));
        changeTasks.run();

        assertThat(other.sent).containsExactly("machine newer");
        assertThat(waiting.sent).isEmpty();
    }

    @Test
    void a_machine_that_is_handed_over_is_removed_and_then_shown_where_a_stream_shows_both_owners() {
        register(OWNER, "order-machine-1", "first");
        Recorded mine = opened(OWNER);
        Recorded theirs = opened(OTHER);
        Recorded both = openedFor(new Owners(false, Set.of(OWNER, OTHER)));
        Recorded every = openedFor(Owners.seenBy(administrator()));

        execute("update machine set owner = '" + OTHER + "' where machine_id = 'order-machine-1'");
        reader.changed(List.of(new Change(Kind.CREATED, OTHER, "order-machine-1"),
                new Change(Kind.HANDED_OVER, OWNER, "order-machine-1")));
        changeTasks.run();

        assertThat(mine.sent).containsExactly("removed");
        assertThat(theirs.sent).containsExactly("machine first");
        assertThat(both.sent).containsExactly("removed", "machine first");
        assertThat(every.sent).containsExactly("removed", "machine first");
    }

    @Test
    void a_machine_that_is_handed_over_while_a_stream_waits_for_its_snapshot_is_shown_after_it() {
        register(OWNER, "order-machine-1", "first");
        Recorded both = open(administrator(), new Owners(false, Set.of(OWNER, OTHER)));
        snapshotTasks.run();

        execute("update machine set owner = '" + OTHER + "' where machine_id = 'order-machine-1'");
        reader.changed(List.of(new Change(Kind.HANDED_OVER, OWNER, "order-machine-1"),
                new Change(Kind.CREATED, OTHER, "order-machine-1")));
        changeTasks.run();

        assertThat(both.sent).containsExactly("snapshot first", "alive", "removed", "machine first");
    }

    private static User administrator() {
        return new User("order administrator", Instant.MAX, false, "session", 0, null,
                new Teams(List.of(), Map.of(), true), Scope.SESSION);
    }

    private Recorded openedFor(Owners owners) {
        Recorded output = open(administrator(), owners);
        snapshotTasks.run();
        Awaitility.await().until(() -> {
            changeTasks.run();
            return !output.sent.isEmpty();
        });
        output.sent.clear();
        return output;
    }

    @Test
    void a_list_of_many_machines_is_sent_too() {
        execute("""
                insert into machine (machine_id, owner, name, sort_name, secret_hash)
                select 'order-many-' || lpad(n::text, 4, '0'), 'order many', 'm', 'm', sha256('x')
                from generate_series(1, 2000) n""");
        Recorded stream = open("order many");

        snapshotTasks.run();
        Awaitility.await().until(() -> {
            changeTasks.run();
            return !stream.sent.isEmpty();
        });

        assertThat(stream.sent).containsExactly("list of 2000", "alive");
    }

    private static List<Change> veryMany() {
        return IntStream.rangeClosed(0, Subscription.MOST_MISSED)
                .mapToObj(i -> new Change(Kind.REMOVED, OWNER, "order-unknown-" + i)).toList();
    }

    private Recorded open(String owner) {
        return open(new User(owner, Instant.MAX, true, "session", 0), Owners.of(owner));
    }

    private Recorded open(User user, Owners owners) {
        Recorded output = new Recorded();
        output.subscription = new Subscription(user, Question.forAll(owners, Selection.ALL), output,
                new LiveState(new DatabaseAvailability(), null),
                events);
        subscriptions.add(output.subscription);
        reader.snapshot(output.subscription);
        return output;
    }

    /** A stream that has had its snapshot. */
    private Recorded opened(String owner) {
        Recorded output = open(owner);
        snapshotTasks.run();
        changeTasks.run();
        output.sent.clear();
        return output;
    }

    private void register(String owner, String machineId, String name) {
        execute("insert into machine (machine_id, owner, name, sort_name, secret_hash) values ('" + machineId + "', '"
                + owner + "', '" + name + "', '" + name + "', sha256('x'))");
    }

    private void rename(String machineId, String name) {
        execute("update machine set name = '" + name + "', sort_name = '" + name + "' where machine_id = '" + machineId
                + "'");
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Remembers the type of each event, and the names in it. */
    private static final class Recorded implements FeedOutput {
        private final List<String> sent = new ArrayList<>();
        private Subscription subscription;

        @Override
        public void send(FeedEvent event) {
            String text = new String(event.head(), StandardCharsets.UTF_8);
            String type = text.substring("event:".length(), text.indexOf('\n'));
            List<String> names = Pattern.compile("\"name\":\"([^\"]*)\"").matcher(text).results()
                    .map(match -> match.group(1)).toList();
            sent.add(event.list() == null
                    ? (type + " " + String.join(",", names)).strip()
                    : "list of " + machines(event));
        }

        private static long machines(FeedEvent event) {
            StringBuilder list = new StringBuilder();
            event.list().pieces().forEach(piece -> list.append(new String(piece, StandardCharsets.UTF_8)));
            return list.toString().split("\"machineId\"", -1).length - 1;
        }

        @Override
        public void refuse(Throwable failure) {
            sent.add("refused " + failure);
        }

        @Override
        public void end() {
            sent.add("end");
        }
    }

    /** Workers that work when they are told to. */
    private static final class Tasks extends AbstractExecutorService {
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        @Override
        public synchronized void execute(Runnable task) {
            waiting.add(task);
        }

        private synchronized Runnable next() {
            return waiting.poll();
        }

        private void run() {
            for (Runnable task = next(); task != null; task = next()) {
                task.run();
            }
        }

        @Override
        public void shutdown() {
            waiting.clear();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.copyOf(waiting);
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
