package org.machineregistry.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.change.Change.Kind;
import org.postgresql.PGConnection;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Announcements that a statement makes itself. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SaidTest {
    private static final String SQL = """
            with gone as (select * from unnest(?::text[], ?::text[]) as g(owner, machine_id)),
            """ + Announcements.said("gone", Kind.OFFLINE) + "select count(*) from said";
    // PostgreSQL refuses a payload of 8,000 bytes.
    private static final int TOO_LONG = 8_000;

    @Inject
    DataSource database;

    @Test
    void nothing_is_said_where_nothing_was_done() throws SQLException {
        assertThat(payloadsOf(List.of())).isEmpty();
    }

    @Test
    void what_was_done_is_said_as_if_it_were_said_by_itself() throws SQLException {
        List<Change> changes = changes(3, "owner \"of\" \\ \uD83D\uDDA5");

        List<String> payloads = payloadsOf(changes);

        assertThat(payloads).hasSize(1);
        assertThat(told(payloads)).isEqualTo(Set.copyOf(changes));
        assertThat(ChangeCodec.decode(payloads.get(0)).orElseThrow().at())
                .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
    }

    @Test
    void many_are_said_in_parts_that_fit() throws SQLException {
        List<Change> changes = changes(1_000, "\u0001".repeat(255));

        List<String> payloads = payloadsOf(changes);

        assertThat(payloads).allMatch(payload -> payload.getBytes(StandardCharsets.UTF_8).length < TOO_LONG);
        assertThat(told(payloads)).isEqualTo(Set.copyOf(changes));
    }

    @Test
    void as_many_as_one_owner_may_have_are_named_and_more_are_a_resync() throws SQLException {
        assertThat(told(payloadsOf(changes(10_000, "owner")))).hasSize(10_000);

        List<String> payloads = payloadsOf(changes(10_001, "owner"));

        assertThat(payloads).hasSize(1);
        assertThat(told(payloads)).isEmpty();
    }

    private static List<Change> changes(int count, String owner) {
        return IntStream.range(0, count).mapToObj(i -> new Change(Kind.OFFLINE, owner, "machine-" + i)).toList();
    }

    private static Set<Change> told(List<String> payloads) {
        return payloads.stream()
                .flatMap(payload -> ChangeCodec.decode(payload).orElseThrow().changes().stream())
                .collect(Collectors.toSet());
    }

    /** A connection that listens hears its own announcements before the answer to its next question. */
    private List<String> payloadsOf(List<Change> changes) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL)) {
            int own = connection.unwrap(PGConnection.class).getBackendPID();
            connection.createStatement().execute("listen " + Announcements.CHANNEL);
            statement.setArray(1, connection.createArrayOf("text", changes.stream().map(Change::owner).toArray()));
            statement.setArray(2, connection.createArrayOf("text", changes.stream().map(Change::machineId).toArray()));
            statement.setString(3, Announcements.now());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
            }
            connection.createStatement().execute("unlisten *");
            return Arrays.stream(connection.unwrap(PGConnection.class).getNotifications())
                    .filter(said -> said.getPID() == own)
                    .map(said -> said.getParameter())
                    .toList();
        }
    }
}
