package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.LiveList.Seen;
import org.machineregistry.fault.User.Registered;

/** Sockets that break, move between replicas, and are sent away. */
@ExtendWith(Site.Extension.class)
class SocketMoveIT {
    private static final long COMES_BACK_WITHIN_MILLIS = 5_000;

    @Test
    void a_newer_socket_at_the_other_replica_takes_over_and_only_one_that_stays_away_is_lost(Site site) {
        try (Load load = new Load(site.a)) {
            load.open(3, site.a).watch(site.a, site.b).awaitOnline();
            SocketMachine older = load.sockets.get(0);
            SocketMachine moving = load.sockets.get(1);
            SocketMachine lost = load.sockets.get(2);

            long tookOverAt = System.nanoTime();
            SocketMachine newer = new SocketMachine(older.machine, load.clock, site.b).open();
            long takeover = older.awaitClose(Api.PATIENCE).at() - tookOverAt;
            moving.breakOff();
            SocketMachine moved = new SocketMachine(moving.machine, load.clock, site.b).open();
            long brokenAt = System.nanoTime();
            lost.breakOff();
            load.lists.forEach(
                    list -> list.awaitState("connection_lost", Api.PATIENCE, List.of(lost.machine)));
            long lostAfter = (load.lists.get(1).wentOffline().get(0).at() - brokenAt) / 1_000_000;
            load.assertNobodyElseGoesOffline(lost.machine);

            assertEquals(4409, older.closings().get(0).code());
            assertEquals(List.of(), newer.closings());
            assertEquals(List.of(), moved.closings());
            assertTrue(lostAfter >= COMES_BACK_WITHIN_MILLIS - 100 && lostAfter < COMES_BACK_WITHIN_MILLIS + 5_000,
                    "after " + lostAfter + " ms");
            Figures.print("sockets move",
                    "taken over by the other replica in %d ms, one that came back there stayed online, "
                            + "one that did not was connection_lost after %d ms",
                    takeover / 1_000_000, lostAfter);
            newer.close();
            moved.close();
        }
    }

    @Test
    void a_replica_that_is_stopped_sends_its_sockets_away_and_loses_no_heartbeat(Site site) throws Exception {
        try (Load load = new Load(site.b)) {
            load.beat(15, site.a, site.b).open(15, site.a, site.b).watch(site.a, site.b).awaitOnline();
            Registered last = User.at(site.b).register(site.b);
            Api.agent(site.a, "connect", last.token());

            HttpResponse<String> heartbeat = Api.send(Api.post(site.a, "/api/agent/heartbeat", last.token(),
                    "{\"assistantCount\":7}"));
            long stopped = System.nanoTime();
            int exitCode = site.a.terminate();
            long exited = Figures.millisSince(stopped);
            load.assertNobodyGoesOffline();

            assertEquals(200, heartbeat.statusCode());
            assertEquals(0, exitCode);
            assertTrue(exited < 15_000, "after " + exited + " ms");
            assertFalse(site.a.output().contains("Timed out"), site.a.output());
            assertEquals(7, site.database.count(
                    "select assistant_count from machine where machine_id = '" + last.machineId() + "'"));
            for (SocketMachine socket : load.sockets) {
                assertEquals(1001, socket.closings().get(0).code());
                assertTrue(socket.closings().get(0).reason().matches("Come back after seconds: \\d+"));
            }
            Figures.print("replica stopped",
                    "exit %d after %d ms, %d sockets sent away with 1001, %d machines online all the "
                            + "time, the last heartbeat written",
                    exitCode, exited, load.sockets.size(), load.machines.size());
        }
    }

    @Test
    void a_replica_that_is_stopped_cuts_off_the_sockets_that_do_not_answer_its_goodbye(Site site) throws Exception {
        User owner = User.at(site.a);
        for (int i = 0; i < 10; i++) {
            SocketMachine.openDeaf(owner.register(site.a), site.a).sendText("{\"type\":\"connect\"}", true).join();
        }

        long stopped = System.nanoTime();
        int exitCode = site.a.terminate();
        long exited = Figures.millisSince(stopped);

        assertEquals(0, exitCode);
        assertTrue(exited < 15_000, "after " + exited + " ms");
        assertFalse(site.a.output().contains("ERROR"), site.a.output());
        Figures.print("replica with deaf sockets stopped", "exit %d after %d ms", exitCode, exited);
    }

    @Test
    void a_goodbye_over_a_socket_is_seen_at_once_and_a_connect_right_behind_it_counts(Site site) {
        try (Load load = new Load(site.a)) {
            load.open(1, site.a).watch(site.b).awaitOnline();
            SocketMachine socket = load.sockets.get(0);

            long said = System.nanoTime();
            socket.send("{\"type\":\"disconnect\"}");
            load.lists.get(0).awaitState("disconnected", Api.PATIENCE, load.machines);
            long seen = Figures.millisSince(said);
            socket.send("{\"type\":\"connect\",\"hostname\":\"again\"}");
            load.lists.get(0).awaitState("online", Api.PATIENCE, load.machines);

            Awaitility.await().atMost(Api.PATIENCE).until(() -> !socket.frames().isEmpty());
            assertTrue(socket.frames().get(0).contains("\"type\":\"connected\""), socket.frames().get(0));
            List<String> states = load.lists.get(0).seen(socket.machine.machineId()).stream().map(Seen::state).toList();
            assertEquals(List.of("disconnected", "online"), states.subList(states.size() - 2, states.size()));
            Figures.print("goodbye over a socket", "seen at the other replica after %d ms", seen);
        }
    }
}
