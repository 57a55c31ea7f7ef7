package org.machineregistry.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MismatchLogTest {
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new LinesOfLog(lines);
    private final MismatchLog log = new MismatchLog(null);

    @BeforeEach
    void the_log_is_read() {
        Logger.getLogger(MismatchLog.class.getName()).addHandler(handler);
    }

    @AfterEach
    void it_is_left_as_it_was() {
        Logger.getLogger(MismatchLog.class.getName()).removeHandler(handler);
    }

    @Test
    void however_many_come_to_a_wrong_address_it_is_one_line_with_the_first() {
        for (int i = 0; i < 1_000; i++) {
            log.note(mismatch("https://machines" + i + ".example.org"));
        }
        assertThat(lines).isEmpty();

        log.summarise();
        log.summarise();

        assertThat(lines)
                .containsExactly("In the last minute 1000 requests came to addresses that are none of this service's,"
                        + " the first to https://machines0.example.org, seen as http://127.0.0.1:8080."
                        + " If people reach it there, set service.url=https://machines0.example.org");
    }

    private static AddressMismatch mismatch(String came) {
        return AddressMismatch.of(came, ServiceAddress.parse("http://127.0.0.1:8080"), List.of()).orElseThrow();
    }

    private static final class LinesOfLog extends Handler {
        private final List<String> lines;

        LinesOfLog(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(String.format(record.getMessage(), record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
