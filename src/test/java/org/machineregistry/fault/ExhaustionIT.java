package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.User.Registered;

/** A replica that runs out of what the host lends it goes on, and says what it can no longer do. */
@ExtendWith(Site.Extension.class)
class ExhaustionIT {
    private static final int DESCRIPTORS = 260;
    private static final int CONNECTIONS = 500;
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Test
    void more_connections_of_one_address_than_it_has_descriptors_for_leave_it_ready_and_do_no_harm(Site site)
            throws Exception {
        try (Replica replica = site.replica("ulimit -n " + DESCRIPTORS + " && exec \"$@\"")) {
            replica.start();
            Api.awaitReady(replica);
            User user = User.at(replica);
            List<Socket> flood = new ArrayList<>();
            try (Socket kept = connect(replica)) {
                assertEquals(200, ready(kept));

                for (int i = 0; i < CONNECTIONS; i++) {
                    flood.add(connect(replica));
                }
                Awaitility.await().during(QUIET).atMost(QUIET.multipliedBy(3)).until(() -> ready(kept) == 200);
                try (Socket other = new Socket(InetAddress.getLoopbackAddress(), replica.port,
                        InetAddress.getByName("127.0.0.2"), 0)) {
                    assertEquals(200, ready(other));
                }
            } finally {
                for (Socket socket : flood) {
                    socket.close();
                }
            }
            Api.awaitReady(replica);
            // It needs connections, descriptors and classes that nobody has used yet.
            Registered machine = user.register(replica);
            try (LiveList list = new LiveList(replica, user)) {
                WebSocket socket = SocketMachine.openDeaf(machine, replica);
                // Who is deaf answers no ping: that it speaks shows that it is there.
                socket.sendText("{\"type\":\"connect\"}", true).join();
                list.awaitState("online", Api.PATIENCE, List.of(machine));
                socket.abort();
            }
            assertEquals(200, Api.agent(replica, "heartbeat", machine.token()).statusCode());
        }
    }

    @Test
    void a_log_that_cannot_be_written_stops_nothing(Site site) throws Exception {
        try (Replica replica = site.replica("exec \"$@\" >/dev/full 2>&1")) {
            replica.launch();
            Api.awaitReady(replica);
            User user = User.at(replica);

            // Whatever is logged of this cannot be written.
            replica.database.refuse();
            Awaitility.await().atMost(Api.PATIENCE).until(() -> Api.health(replica, "ready") == 503);
            replica.database.heal();
            Api.awaitReady(replica);

            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> user.list(replica).isEmpty());
            Registered machine = user.register(replica);
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(
                    () -> Api.agent(replica, "connect", machine.token()).statusCode() == 200);
            assertEquals("online", user.list(replica).get(machine.machineId()));
        }
    }

    private static Socket connect(Replica replica) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), replica.port);
    }

    /** Over a connection that is open already: a new one may be refused. */
    private static int ready(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
        InputStream answer = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) answer.read());
        }
        int length = Integer
                .parseInt(head.toString().toLowerCase().replaceFirst("(?s).*content-length: (\\d+).*", "$1"));
        new String(answer.readNBytes(length), StandardCharsets.UTF_8);
        return Integer.parseInt(head.substring(9, 12));
    }
}
