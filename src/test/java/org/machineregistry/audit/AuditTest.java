package org.machineregistry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class AuditTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Audit audit = new Audit(metrics, null);
    private final LinesOfLog log = new LinesOfLog();

    @BeforeEach
    void the_log_is_read() {
        // A service that another test started may still be there, and sum up its minute.
        Thread test = Thread.currentThread();
        log.setFilter(line -> Thread.currentThread() == test);
        Logger.getLogger(Audit.CATEGORY).addHandler(log);
    }

    @AfterEach
    void it_is_left_as_it_was() {
        Logger.getLogger(Audit.CATEGORY).removeHandler(log);
    }

    @Test
    void what_strangers_do_is_one_line_however_much_it_is() {
        for (int i = 0; i < 10_000; i++) {
            audit.count(AuditEvent.MACHINE_TOKEN_REFUSED);
        }
        audit.count(AuditEvent.SESSION_LIMITED);
        assertThat(log.lines).isEmpty();

        audit.summarise();
        audit.summarise();

        assertThat(log.lines).containsExactly("In the last minute: 10000 wrong machine tokens,"
                + " 1 sessions more than an address may start");
        assertThat(counted("machine_token_refused")).isEqualTo(10_000);
    }

    @Test
    void what_a_person_does_is_a_line_of_its_own() {
        audit.did("alice", AuditEvent.TOKEN_REVOKED, "V1StGXR8_Z5jdHi6B-myT", "192.0.2.1");

        assertThat(log.lines)
                .containsExactly("token_revoked machine=V1StGXR8_Z5jdHi6B-myT person=alice address=192.0.2.1");
        assertThat(counted("token_revoked")).isEqualTo(1);
    }

    @Test
    void many_machines_at_once_are_named_in_lines_of_a_hundred_and_count_each() {
        audit.didWithMany("alice", AuditEvent.MACHINE_REGISTERED, ids(201), "192.0.2.1");

        assertThat(log.lines).containsExactly(
                "machine_registered machines=100 ids=" + String.join(",", ids(201).subList(0, 100))
                        + " person=alice address=192.0.2.1",
                "machine_registered machines=100 ids=" + String.join(",", ids(201).subList(100, 200))
                        + " person=alice address=192.0.2.1",
                "machine_registered machines=1 ids=m200 person=alice address=192.0.2.1");
        assertThat(counted("machine_registered")).isEqualTo(201);
    }

    @Test
    void a_line_of_the_longest_ids_has_less_than_8_kb() {
        audit.didWithMany("p".repeat(255), AuditEvent.MACHINES_DELETED, Collections.nCopies(1_000, "m".repeat(64)),
                "2001:db8:1234:5678:1234:5678:1234:5678");

        assertThat(log.lines).hasSize(10).allMatch(line -> line.length() < 7_500);
    }

    @Test
    void machines_that_come_along_are_named_with_whose_they_were() {
        audit.broughtAlong("alice", "nobody", List.of("a", "b"), "192.0.2.1");

        assertThat(log.lines).containsExactly(
                "machines_brought_along machines=2 ids=a,b from=nobody person=alice address=192.0.2.1");
    }

    @Test
    void past_the_lines_of_one_person_each_of_many_machines_is_in_the_summary() {
        for (int i = 0; i < Audit.MOST_LINES_OF_ONE; i++) {
            audit.did("alice", AuditEvent.TOKEN_ROTATED, "m", "192.0.2.1");
        }
        audit.didWithMany("alice", AuditEvent.MACHINE_REGISTERED, ids(200), "192.0.2.1");

        audit.summarise();

        assertThat(log.lines).hasSize(Audit.MOST_LINES_OF_ONE + 1).last()
                .isEqualTo("In the last minute: 200 machines registered");
        assertThat(counted("machine_registered")).isEqualTo(200);
    }

    /** Afterwards no row says that the machine was there, or whose it was. */
    @ParameterizedTest
    @EnumSource(names = {"MACHINE_DELETED", "MACHINE_LEFT", "MACHINE_EXPIRED", "MACHINE_HANDED_OVER"})
    void a_machine_that_is_gone_or_handed_over_is_in_a_line_however_many_there_are(AuditEvent event) {
        for (int i = 0; i < 2 * Audit.MOST_LINES; i++) {
            audit.did("alice", event, "m" + i, "192.0.2.1");
        }

        assertThat(log.lines).hasSize(2 * Audit.MOST_LINES).last().isEqualTo(event.label() + " machine=m"
                + (2 * Audit.MOST_LINES - 1) + " person=alice address=192.0.2.1");
    }

    @Test
    void all_of_many_machines_that_are_deleted_or_come_along_are_named() {
        List<String> ids = ids(2 * Audit.MOST_LINES_OF_ONE * Audit.MOST_IDS);

        audit.didWithMany("alice", AuditEvent.MACHINES_DELETED, ids, "192.0.2.1");
        audit.broughtAlong("alice", "nobody", ids, "192.0.2.1");

        assertThat(log.lines).hasSize(4 * Audit.MOST_LINES_OF_ONE);
    }

    @Test
    void machines_that_are_deleted_take_no_lines_of_anything_else() {
        for (int i = 0; i < 2 * Audit.MOST_LINES; i++) {
            audit.did("alice", AuditEvent.MACHINE_DELETED, "m", "192.0.2.1");
        }
        audit.did("alice", AuditEvent.TOKEN_REVOKED, "m", "192.0.2.1");

        assertThat(log.lines).last().asString().startsWith("token_revoked ");
    }

    @Test
    void a_machine_that_enrols_is_a_line_of_its_owner_with_its_key() {
        audit.enrolled("team", "V1StGXR8_Z5jdHi6B-myT", "k1", "192.0.2.1");

        assertThat(log.lines).containsExactly(
                "machine_enrolled machine=V1StGXR8_Z5jdHi6B-myT key=k1 person=team address=192.0.2.1");
        assertThat(counted("machine_enrolled")).isEqualTo(1);
    }

    @Test
    void nobody_writes_lines_of_their_own_into_the_log() {
        audit.did("alice\nmachine_deleted machine=x", AuditEvent.TOKEN_ROTATED, "m", null);

        assertThat(log.lines).containsExactly(
                "token_rotated machine=m person=alice machine_deleted machine=x address=null");
    }

    @Test
    void past_so_many_lines_a_minute_what_people_do_is_summarised() {
        for (int i = 0; i < Audit.MOST_LINES + 3; i++) {
            audit.did("person " + i % 20, AuditEvent.TOKEN_ROTATED, "m", "192.0.2.1");
        }
        assertThat(log.lines).hasSize(Audit.MOST_LINES);

        audit.summarise();
        audit.did("alice", AuditEvent.TOKEN_ROTATED, "m", "192.0.2.1");

        assertThat(log.lines).hasSize(Audit.MOST_LINES + 2).contains("In the last minute: 3 tokens rotated");
        assertThat(counted("token_rotated")).isEqualTo(Audit.MOST_LINES + 4);
    }

    @Test
    void one_person_leaves_lines_for_the_others() {
        for (int i = 0; i < Audit.MOST_LINES; i++) {
            audit.did("mallory", AuditEvent.TOKEN_ROTATED, "m", "192.0.2.1");
        }
        audit.did("alice", AuditEvent.TOKEN_REVOKED, "m", "192.0.2.2");

        assertThat(log.lines).hasSize(Audit.MOST_LINES_OF_ONE + 1).last().asString().contains("person=alice");
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private double counted(String event) {
        return metrics.counter("audit.events", "event", event).count();
    }
}
