package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that nobody takes: neither they nor the requests for them may be held by the thousand. */
@ExtendWith(AttackedService.Extension.class)
class UntakenAnswersIT {
    private static final int REQUESTS = 5_000;
    private static final int CONNECTIONS = 50;
    private static final Duration UNTIL_CUT_OFF = AttackedService.REQUEST_TIMEOUT.plusSeconds(3);
    // A slow reader of a stream cannot be told from one that takes nothing.
    private static final Duration UNTIL_STREAM_IS_RESET = AttackedService.REQUEST_TIMEOUT.multipliedBy(6)
            .plusSeconds(3);
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_OF_ALL = 5;
    // Of SETTINGS: INITIAL_WINDOW_SIZE is 0. https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2
    private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

    @ParameterizedTest
    @ValueSource(strings = {"/agent.sh", "/q/openapi", "/api/machines"})
    void who_asks_for_thousands_and_takes_none_holds_few(String path, AttackedService service) throws Exception {
        byte[] many = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(REQUESTS).getBytes();
        int logged = service.logged();
        List<RawConnection> attackers = new ArrayList<>();
        try (Others others = new Others(service)) {
            IntStream.range(0, CONNECTIONS).forEach(i -> attackers.add(service.connect("127.0.0.11").say(many)));

            others.assertServed(CONNECTIONS + " who ask for " + path + " " + REQUESTS + " times and take nothing");
        } finally {
            attackers.forEach(RawConnection::reset);
        }
        service.assertNothingLoggedSince(logged);
    }

    @Test
    void requests_behind_a_stream_are_not_kept(AttackedService service) throws Exception {
        int logged = service.logged();
        try (RawConnection connection = service.connect("127.0.0.12"); Others others = new Others(service)) {
            connection.say("GET /api/machines/events HTTP/1.1\r\nHost: localhost\r\n"
                    + AttackedService.bearer(service.person.session) + "\r\n");
            assertThat(connection.readStatus()).isEqualTo(200);

            connection.say("GET / HTTP/1.1\r\n\r\n".repeat(60_000));

            connection.readToEnd();
            others.assertServed("60,000 requests behind a stream");
        }
        service.assertNothingLoggedSince(logged);
    }

    @Test
    void a_few_requests_that_do_not_wait_are_answered_one_after_another(AttackedService service) {
        try (RawConnection connection = service.connect("127.0.0.13")) {
            String asked = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(4)
                    + "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

            String answers = connection.say(asked).readToEnd();

            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(5);
            assertThat(answers).contains("HTTP/1.1 404 Not Found");
        }
    }

    @Test
    void a_stream_of_http_2_whose_answer_nobody_takes_is_reset(AttackedService service) {
        int logged = service.logged();
        try (RawConnection connection = open(service)) {
            connection.say(ask(1, "/agent.sh"));
            assertThat(connection.readFrameOf(HEADERS, UNTIL_CUT_OFF)).isTrue();

            assertThat(connection.readFrameOf(RESET, UNTIL_STREAM_IS_RESET)).isTrue();
        }
        service.assertNothingLoggedSince(logged);
    }

    @Test
    void an_unknown_connection_has_few_streams_at_a_time(AttackedService service) {
        try (RawConnection connection = open(service)) {
            for (int stream = 1; stream < 80; stream += 2) {
                connection.say(ask(stream, "/q/openapi"));
            }

            // Before any answer can be late.
            assertThat(connection.readFrameOf(RESET, AttackedService.REQUEST_TIMEOUT.dividedBy(2))).isTrue();
        }
    }

    private static RawConnection open(AttackedService service) {
        return service.connect("127.0.0.14").say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .say(Http2Frame.of(SETTINGS, 0, 0, NO_WINDOW));
    }

    private static byte[] ask(int stream, String path) {
        return Http2Frame.of(HEADERS, END_OF_ALL, stream, Http2Frame.head("GET", path));
    }
}
