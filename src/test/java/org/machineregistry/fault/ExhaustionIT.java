package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A replica that runs out of what the host lends it goes on, and says what it can no longer do; or it ends, where it could go on in parts
 * alone.
 */
@ExtendWith(Site.Extension.class)
class ExhaustionIT {
    private static final int DESCRIPTORS = 600;
    private static final int CONNECTIONS = 800;
    private static final int CROWD = 300;
    private static final int FAR_TOO_MANY = 15_000;
    private static final String WITHOUT_LIMIT = "-Dquarkus.http.limits.max-connections=1000000";
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Test
    void more_connections_of_one_address_than_it_has_descriptors_for_leave_it_ready_and_do_no_harm(Site site)
            throws Exception {
        try (Replica replica = site.replica("ulimit -n " + DESCRIPTORS + " && exec \"$@\"")) {
            replica.start();
            Api.awaitReady(replica);
            User user = User.at(replica);
            List<Socket> flood = new ArrayList<>();
            try (Socket kept = connect(replica, "127.0.0.1")) {
                assertEquals(200, ready(kept));

                for (int i = 0; i < CONNECTIONS; i++) {
                    flood.add(connect(replica, "127.0.0.1"));
                }
                Awaitility.await().during(QUIET).atMost(QUIET.multipliedBy(3)).until(() -> ready(kept) == 200);
                try (Socket other = connect(replica, "127.0.0.2")) {
                    assertEquals(200, ready(other));
                }
            } finally {
                close(flood);
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
    void more_callers_than_it_has_memory_for_go_elsewhere_and_those_who_are_there_go_on(Site site) throws Exception {
        try (Replica replica = site.replica("exec \"$@\"")) {
            replica.options(List.of("-Xmx96m"));
            replica.start();
            Api.awaitReady(replica);
            Registered machine = User.at(replica).register(replica);
            int most = mostConnections(replica);
            Deque<Socket> callers = new ArrayDeque<>();
            try {
                assertThrows(IOException.class, () -> fill(replica, machine, callers));

                // The connections over which it was registered are among them, for as long as they are kept.
                assertTrue(callers.size() <= most && callers.size() > most - 10, callers.size() + " of " + most);
                assertEquals(503, ready(callers.getFirst()));
                assertEquals(200, ask(callers.getLast(), heartbeat(machine)));

                for (int i = 0; i < most / 10; i++) {
                    callers.removeLast().close();
                }
                Awaitility.await().atMost(Api.PATIENCE).until(() -> ready(callers.getFirst()) == 200);
                assertEquals(200, Api.agent(replica, "heartbeat", machine.token()).statusCode());
            } finally {
                close(callers);
            }
        }
    }

    /** By its heap, which the collector that the JVM chose has a part of. */
    private static int mostConnections(Replica replica) {
        for (JsonNode check : Api.json(Api.send(Api.request(replica, "/q/health/ready", null).build()).body())
                .get("checks")) {
            if (check.get("name").textValue().equals("Connections are free")) {
                return check.get("data").get("most").intValue();
            }
        }
        return fail("it does not say how many there can be");
    }

    @Test
    void a_crowd_larger_than_there_may_be_unknown_connections_is_served_in_turn(Site site) throws Exception {
        try (Replica replica = site.replica("exec \"$@\"")) {
            List<Socket> crowd = new ArrayList<>();
            try {
                come(replica, crowd);

                assertTrue(waitingToBeAccepted(replica) > CROWD / 3, "none waits to be accepted");
                for (Socket agent : crowd) {
                    assertEquals(200, answer(agent));
                }
                assertEquals(0, waitingToBeAccepted(replica));
            } finally {
                close(crowd);
            }
        }
    }

    @Test
    void a_replica_that_stops_in_the_middle_of_a_crowd_answers_all_of_it(Site site) throws Exception {
        try (Replica replica = site.replica("exec \"$@\"")) {
            List<Socket> crowd = new ArrayList<>();
            try {
                come(replica, crowd);
                assertTrue(waitingToBeAccepted(replica) > CROWD / 3, "none waits to be accepted");

                FutureTask<Integer> exit = new FutureTask<>(replica::terminate);
                new Thread(exit).start();

                for (Socket agent : crowd) {
                    assertEquals(200, answer(agent));
                }
                assertEquals(0, exit.get());
            } finally {
                close(crowd);
            }
        }
    }

    /** As many machines as take a while to be let in by few at a time, since a database that is slow has to say who they are. */
    private static void come(Replica replica, List<Socket> crowd) throws IOException {
        replica.options(List.of("-Dconnections.unknown=20"));
        replica.start();
        Api.awaitReady(replica);
        List<Registered> machines = User.at(replica).register(replica, CROWD);
        replica.database.delayAnswers(50);
        for (Registered machine : machines) {
            Socket agent = connect(replica, "127.0.0.2");
            crowd.add(agent);
            say(agent, heartbeat(machine));
        }
    }

    /** How many connections the operating system has for the service, which has not taken them. */
    private static long waitingToBeAccepted(Replica replica) throws IOException {
        Pattern listener = Pattern.compile("\\s*\\d+: \\w+:%04X \\w+:0000 0A \\w+:(\\w+) .*".formatted(replica.port));
        try (Stream<String> v4 = Files.lines(Path.of("/proc/net/tcp"));
                Stream<String> v6 = Files.lines(Path.of("/proc/net/tcp6"))) {
            return Stream.concat(v4, v6)
                    .map(listener::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(line -> Long.parseLong(line.group(1), 16))
                    .sum();
        }
    }

    @Test
    void a_replica_without_memory_ends_instead_of_going_on_in_parts(Site site) throws Exception {
        boolean isExecutable = System.getProperty("native.image.path") != null;
        try (Replica replica = site.replica("exec \"$@\"")) {
            // The images start the jar with the option that the executable is built with.
            replica.options(isExecutable
                    ? List.of("-Xmx40m", WITHOUT_LIMIT)
                    : List.of("-Xmx80m", "-XX:+ExitOnOutOfMemoryError", WITHOUT_LIMIT));
            replica.start();
            Api.awaitReady(replica);
            Registered machine = User.at(replica).register(replica);
            Deque<Socket> callers = new ArrayDeque<>();
            try {
                // What it answers at the end, if anything, is not to be relied on.
                assertThrows(IOException.class, () -> fill(replica, machine, callers));

                assertEquals(3, replica.awaitExit());
            } finally {
                close(callers);
            }
        }
    }

    /**
     * Connects as a machine from two addresses, which share all that there can be, and keeps the connections.
     *
     * @throws IOException where one is not answered any more
     */
    private static void fill(Replica replica, Registered machine, Deque<Socket> callers) throws IOException {
        for (int i = 0; i < FAR_TOO_MANY; i++) {
            Socket caller = connect(replica, i % 2 == 0 ? "127.0.0.2" : "127.0.0.3");
            callers.add(caller);
            try {
                if (ask(caller, heartbeat(machine)) != 200) {
                    throw new IOException("not served");
                }
            } catch (IOException ended) {
                callers.removeLast().close();
                throw ended;
            }
        }
    }

    private static void close(Collection<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
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

    private static Socket connect(Replica replica, String from) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), replica.port, InetAddress.getByName(from), 0);
        socket.setSoTimeout((int) Api.PATIENCE.toMillis());
        return socket;
    }

    /** Over a connection that is open already: a new one may be refused. */
    private static int ready(Socket socket) throws IOException {
        return ask(socket, "GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static String heartbeat(Registered machine) {
        return "POST /api/agent/heartbeat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer "
                + machine.token() + "\r\n\r\n";
    }

    /** @return the status of the answer */
    private static int ask(Socket socket, String request) throws IOException {
        say(socket, request);
        return answer(socket);
    }

    private static void say(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** @return its status */
    private static int answer(Socket socket) throws IOException {
        InputStream answer = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answer.read();
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            head.append((char) next);
        }
        int length = Integer
                .parseInt(head.toString().toLowerCase().replaceFirst("(?s).*content-length: (\\d+).*", "$1"));
        answer.readNBytes(length);
        return Integer.parseInt(head.substring(9, 12));
    }
}
