package org.machineregistry.attack;

import static org.machineregistry.attack.AttackedService.bearer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.User.Registered;

/** Nothing that a client does is news: neither what it says nor how it leaves stands in the log. */
@ExtendWith(AttackedService.Extension.class)
class LogIT {
    private static final String FROM = "127.0.0.9";
    private static final int TIMES = 20;
    private static final int TABS = 60;
    private static final int CROWD = 200;
    private static final int CROWDS = 5;
    private static final Duration QUIET = Duration.ofMillis(600);
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
    private static final String JSON = HOST + "Content-Type: application/json\r\n";
    private static final String SOCKET = "GET /api/agent/socket" + HOST
            + "MACHINEConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    private static final String H2C = HOST + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";

    static Stream<String> beginnings() {
        return Stream.of("", "POST /api/sess", "GET /api/machines" + HOST, "PRI * HT",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense",
                "POST /api/sessions" + JSON + "Content-Length: 100\r\n\r\n{",
                "POST /api/machines" + JSON + "PERSONContent-Length: 100\r\n\r\n{",
                "PATCH /api/machines/0123456789" + JSON + "PERSONContent-Length: 100\r\n\r\n{",
                "POST /api/machines" + JSON + "PERSONTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
                "POST /api/machines" + JSON + "PERSONTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /api/sessions" + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /app" + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /api/agent/connect" + JSON + "MACHINEContent-Length: 100\r\n\r\n{",
                "POST /api/agent/heartbeat" + JSON + "MACHINEContent-Length: 20\r\n\r\n{",
                "POST /api/sessions" + HOST + "\r\n", "GET /api/machines" + HOST + "PERSON\r\n",
                "GET /app/" + HOST + "\r\n",
                "GET /q/openapi" + HOST + "\r\n", "GET /api/machines/events" + HOST + "PERSON\r\n",
                ("GET /api/machines" + HOST + "PERSON\r\n").repeat(50),
                "\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003",
                "\r\n\r\n\u0000\u0001\u0002 nonsense\r\n\r\n", "GET /" + "a".repeat(9_000) + HOST + "\r\n",
                SOCKET + "\r\n", SOCKET + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                SOCKET + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\nnonsense",
                SOCKET + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                SOCKET.replace("13", "99") + "\r\n", "GET /api/machines" + H2C + "HTTP2-Settings: !!!\r\n\r\n",
                "POST /api/sessions" + H2C + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 10\r\n\r\n{",
                "POST /api/sessions" + H2C
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void who_begins_and_goes_is_not_in_the_log(String beginning, AttackedService service) {
        String said = beginning.replace("PERSON", bearer(service.person.session))
                .replace("MACHINE", bearer(service.machine.token()));

        leavesNoLine(service, i -> {
            RawConnection connection = service.connect(FROM).say(said);
            connection.staysOpen(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, 50)));
            if (i % 2 == 0) {
                connection.reset();
            } else {
                connection.close();
            }
        }, TIMES);
    }

    /** Of machines that the service must look up first. */
    @Test
    void who_opens_a_socket_and_goes_at_once_is_not_in_the_log(AttackedService service) {
        List<Registered> machines = service.person.register(service.replica, TIMES);

        leavesNoLine(service, i -> service.connect(FROM).say(SOCKET.replace("MACHINE", bearer(machines.get(i).token()))
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").reset(), TIMES);
    }

    @Test
    void closing_the_tabs_of_a_busy_list_is_not_in_the_log(AttackedService service) throws InterruptedException {
        List<Registered> machines = service.person.register(service.replica, 20);
        try (Busy busy = new Busy(service, machines)) {
            leavesNoLine(service, i -> {
                RawConnection tab = service.connect(FROM).say("GET /api/machines/events" + HOST
                        + bearer(service.person.session) + "\r\n");
                tab.readStatus();
                tab.staysOpen(Duration.ofMillis(i % 20 * 5 + 1));
                tab.reset();
            }, TABS);
        }
    }

    /** Each is broken off while the service asks the database who it is of. */
    @Test
    void a_crowd_of_sockets_that_is_broken_off_is_not_in_the_log(AttackedService service) {
        List<Registered> machines = service.person.register(service.replica, CROWD);
        leavesNoLine(service, i -> {
            List<RawConnection> crowd = machines.stream().map(machine -> service.connect(FROM)
                    .say(SOCKET.replace("MACHINE", bearer(machine.token()))
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"))
                    .toList();
            crowd.forEach(RawConnection::reset);
        }, CROWDS);
    }

    private static void leavesNoLine(AttackedService service, Consumer<Integer> act, int times) {
        int logged = service.logged();

        IntStream.range(0, times).forEach(act::accept);

        Awaitility.await().during(QUIET).atMost(QUIET.multipliedBy(5)).untilAsserted(
                () -> service.assertNothingLoggedSince(logged));
    }

    /** Machines that come and go all the time. */
    private static final class Busy implements AutoCloseable {
        private final AttackedService service;
        private final List<Registered> machines;
        private final Thread thread = new Thread(this::comeAndGo, "busy");
        private volatile boolean finished;

        Busy(AttackedService service, List<Registered> machines) {
            this.service = service;
            this.machines = machines;
            thread.start();
        }

        private void comeAndGo() {
            while (!finished) {
                for (String call : List.of("connect", "disconnect")) {
                    machines.forEach(machine -> Api.send(
                            Api.post(service.replica, "/api/agent/" + call, machine.token(), null)));
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            finished = true;
            thread.join();
        }
    }
}
