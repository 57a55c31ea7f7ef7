package org.machineregistry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class AuditTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Audit audit = new Audit(metrics, null);
    private final LinesOfLog log = new LinesOfLog();

    @BeforeEach
    void the_log_is_read() {
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

    private double counted(String event) {
        return metrics.counter("audit.events", "event", event).count();
    }

    private static final class LinesOfLog extends Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
