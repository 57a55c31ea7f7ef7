package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.fault.Api;

/** Who nobody knows can stop nothing, fill nothing and hold nothing. */
@ExtendWith(AttackedService.Extension.class)
class StrangersIT {
    private static final int HALF_BODIES = 600;
    private static final int ENDLESS_BODIES = 1_500;
    private static final int SILENT = 1_500;
    private static final Duration UNTIL_ENDED = AttackedService.REQUEST_TIMEOUT.plusSeconds(3);
    private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";
    static final String CHUNK = Integer.toHexString(64_000) + "\r\n" + "x".repeat(64_000);

    @ParameterizedTest
    @CsvSource({"POST /api/sessions,", "POST /api/machines, person", "PATCH /api/machines/0123456789, person",
            "POST /api/agent/connect, machine", "POST /api/agent/heartbeat, machine", "POST /api/machines,"})
    void a_body_that_stops_after_a_byte_holds_no_worker(String request, String who, AttackedService service)
            throws InterruptedException {
        attack(service, request + " of half a body", HALF_BODIES, connection -> connection.say(
                request + " HTTP/1.1\r\n" + JSON + credential(who, service) + "Content-Length: 100\r\n\r\n{"));
    }

    @ParameterizedTest
    @CsvSource({"POST /api/sessions,", "POST /api/machines,", "POST /api/machines, person",
            "POST /api/agent/connect, machine", "POST /app,", "GET /api/machines, person", "POST /nothing,"})
    void bodies_that_never_end_are_not_collected(String request, String who, AttackedService service)
            throws InterruptedException {
        attack(service, request + " without end", ENDLESS_BODIES, connection -> connection.say(
                request + " HTTP/1.1\r\n" + JSON + credential(who, service) + "Transfer-Encoding: chunked\r\n\r\n"
                        + CHUNK));
    }

    @ParameterizedTest
    @CsvSource({"''", "POST /api/sess", "PRI * HTTP/2.0", "'GET /api/machines HTTP/1.1\r\nHost: localhost\r\nX: '"})
    void a_head_that_does_not_come_ends_its_connection(String head, AttackedService service)
            throws InterruptedException {
        attack(service, "heads that stop after " + head.length() + " bytes", SILENT,
                connection -> connection.say(head));
    }

    @Test
    void a_body_that_comes_byte_by_byte_ends_its_connection_too(AttackedService service) {
        try (RawConnection connection = service.connect("127.0.0.2")) {
            connection.say("POST /api/sessions HTTP/1.1\r\n" + JSON + "Content-Length: 100\r\n\r\n{");
            long begun = System.nanoTime();

            while (connection.staysOpen(Duration.ofMillis(200))) {
                connection.say(" ");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(UNTIL_ENDED);
        }
    }

    @Test
    void a_body_that_has_come_is_not_late_where_the_service_is(AttackedService service) {
        service.database.freeze();
        try (RawConnection connection = service.connect("127.0.0.2")) {
            connection.say("POST /api/agent/connect HTTP/1.1\r\n" + JSON
                    + "Authorization: Bearer V1StGXR8_Z5jdHi6B-myT:mrs_0123456789ABCDEFGHIJKLMNOPQRSTUV3yv9b4\r\n"
                    + "Content-Length: 2\r\n\r\n{}");

            awaitEndOfSilent(service);
            awaitEndOfSilent(service);
            service.database.thaw();

            assertThat(connection.readStatus()).isIn(401, 503);
        } finally {
            service.database.thaw();
        }
        Api.awaitReady(service.replica);
    }

    private static void awaitEndOfSilent(AttackedService service) {
        try (RawConnection silent = service.connect("127.0.0.2")) {
            silent.readToEnd();
        }
    }

    @Test
    void a_newcomer_takes_the_place_of_the_oldest_connection_that_says_nothing(AttackedService service)
            throws InterruptedException {
        List<RawConnection> flood = new ArrayList<>();
        try (Others others = new Others(service)) {
            IntStream.range(0, 3 * Flood.PER_ADDRESS)
                    .forEach(i -> flood.add(service.connect("127.0.0." + (5 + i % 3))));

            // Before it is late with its request.
            assertThat(flood.get(0).staysOpen(Duration.ofSeconds(1))).isFalse();
            others.assertServed("more unknown connections than there may be");
        } finally {
            flood.forEach(RawConnection::close);
        }
    }

    @Test
    void one_person_cannot_take_the_memory_of_all_bodies(AttackedService service) throws InterruptedException {
        List<RawConnection> flood = new ArrayList<>();
        try (Others others = new Others(service)) {
            for (int i = 0; i < 100; i++) {
                flood.add(service.connect("127.0.0.8").say("POST /api/machines HTTP/1.1\r\n" + JSON
                        + credential("person", service) + "Content-Length: 60000\r\n\r\n" + "x".repeat(50_000)));
            }

            assertThat(flood.get(99).readStatus()).isEqualTo(429);
            others.assertServed("more large bodies than a person may send at once");
        } finally {
            flood.forEach(RawConnection::close);
        }
    }

    @Test
    void an_agent_may_be_silent_between_its_heartbeats(AttackedService service) {
        String heartbeat = "POST /api/agent/heartbeat HTTP/1.1\r\nHost: localhost\r\n" + credential("machine", service)
                + "\r\n";
        try (RawConnection connection = service.connect("127.0.0.1")) {
            assertThat(connection.say(heartbeat).readStatus()).isEqualTo(200);

            // Longer than a stranger's, shorter than its own.
            assertThat(connection.staysOpen(UNTIL_ENDED.minusSeconds(1))).isTrue();
            connection.say(heartbeat);

            assertThat(connection.readStatus()).isEqualTo(200);
        }
    }

    @Test
    void a_stream_and_a_socket_are_not_idle(AttackedService service) {
        Duration longerThanAnyLimit = AttackedService.IDLE_TIMEOUT.plusSeconds(2);
        try (RawConnection stream = service.connect("127.0.0.1"); RawConnection socket = service.connect("127.0.0.1")) {
            stream.say("GET /api/machines/events HTTP/1.1\r\nHost: localhost\r\n" + credential("person", service)
                    + "\r\n");
            socket.say("GET /api/agent/socket HTTP/1.1\r\nHost: localhost\r\n" + credential("machine", service)
                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            assertThat(stream.readStatus()).isEqualTo(200);
            assertThat(socket.readStatus()).isEqualTo(101);

            assertThat(stream.staysOpen(longerThanAnyLimit)).isTrue();
            assertThat(socket.staysOpen(Duration.ofMillis(100))).isTrue();
        }
    }

    private static void attack(AttackedService service, String what, int count, Consumer<RawConnection> attack)
            throws InterruptedException {
        int logged = service.logged();
        try (Others others = new Others(service); Flood flood = new Flood(service, "127.0.0.", count, attack)) {
            long begun = System.nanoTime();
            flood.awaitEnd();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(UNTIL_ENDED.multipliedBy(2));
            others.assertServed(what);
        }
        assertThat(Api.health(service.replica, "live")).isEqualTo(200);
        service.assertNothingLoggedSince(logged);
    }

    private static String credential(String who, AttackedService service) {
        if (who == null) {
            return "";
        }
        return AttackedService.bearer("person".equals(who) ? service.person.session : service.machine.token());
    }
}
