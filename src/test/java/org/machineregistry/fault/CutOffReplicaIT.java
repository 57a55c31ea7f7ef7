package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.User.Registered;

/** One replica alone loses the database: its machines go on at the other one. */
@ExtendWith(Site.Extension.class)
class CutOffReplicaIT {
    @Test
    void a_replica_whose_connections_are_refused_turns_nobody_offline(Site site) {
        survive(site, "replica refused by the database", site.a.database::refuse);
    }

    @Test
    void a_replica_whose_connections_say_nothing_turns_nobody_offline(Site site) {
        survive(site, "replica that hears nothing of the database", site.a.database::stall);
    }

    @Test
    void a_machine_that_waits_for_a_silent_database_is_refused_in_time_to_be_heard_elsewhere(Site site) {
        User user = User.at(site.b);
        // The first one waits for the database, and the other one for the first.
        List<Registered> unknown = user.register(site.b, 2);

        site.a.database.stall();
        long asked = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> answers = unknown.stream()
                .map(machine -> Api.HTTP.sendAsync(
                        Api.post(site.a, "/api/agent/heartbeat", machine.token(), null), BodyHandlers.ofString()))
                .toList();
        answers.forEach(answer -> assertEquals(503, answer.join().statusCode()));
        long waited = Figures.millisSince(asked);

        assertTrue(waited < Site.TTL_SECONDS * 1_000, waited + " ms");
        Figures.print("machines that a replica without a database does not know", "refused after %d ms", waited);
    }

    @Test
    void a_heartbeat_whose_sender_gave_up_does_not_override_a_goodbye_elsewhere(Site site) {
        User user = User.at(site.b);
        Registered machine = user.register(site.b);
        Registered next = user.register(site.b);
        assertEquals(200, Api.agent(site.b, "connect", machine.token()).statusCode());

        site.a.database.stall();
        HttpRequest heartbeat = HttpRequest
                .newBuilder(Api.post(site.a, "/api/agent/heartbeat", machine.token(), null), (name, value) -> true)
                .timeout(Duration.ofMillis(500)).build();
        assertThrows(CompletionException.class, () -> Api.HTTP.sendAsync(heartbeat, BodyHandlers.ofString()).join());
        assertEquals(204, Api.agent(site.b, "disconnect", machine.token()).statusCode());
        site.a.database.heal();
        // Its look-up comes after that of the other one.
        Awaitility.await().atMost(Api.PATIENCE).until(() -> heartbeat(site.a, next) == 200);

        Awaitility.await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5))
                .until(() -> user.list(site.b).get(machine.machineId()).equals("disconnected"));
    }

    private static void survive(Site site, String what, Runnable fault) {
        try (Load load = new Load(site.b)) {
            load.beat(15, site.a, site.b).open(15, site.a, site.b).watch(site.a, site.b).awaitOnline();
            Registered deleted = load.user.register(site.b);
            assertEquals(200, heartbeat(site.a, deleted));

            long cut = System.nanoTime();
            fault.run();
            Awaitility.await().atMost(Api.PATIENCE).until(() -> heartbeat(site.a, load.machines.get(0)) == 503);
            long refusing = Figures.millisSince(cut);
            load.user.delete(site.b, deleted);
            load.sockets.forEach(socket -> assertEquals(1001, socket.awaitClose(Duration.ofSeconds(5)).code()));
            long sentAway = Figures.millisSince(cut);
            Awaitility.await().atMost(Api.PATIENCE).until(() -> Api.health(site.a, "ready") == 503);
            int live = Api.health(site.a, "live");
            load.assertNobodyGoesOffline();
            int snapshots = load.lists.get(0).snapshots();
            long healed = System.nanoTime();
            site.a.database.heal();
            Set<Integer> toDeleted = new TreeSet<>();
            Awaitility.await().atMost(Api.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                toDeleted.add(heartbeat(site.a, deleted));
                return toDeleted.contains(401) && heartbeat(site.a, load.machines.get(0)) == 200;
            });
            long back = Figures.millisSince(healed);
            load.lists.get(0).awaitSnapshot(snapshots + 1, Api.PATIENCE);

            assertEquals(200, live);
            assertTrue(Set.of(401, 503).containsAll(toDeleted), "a deleted machine was answered " + toDeleted);
            assertEquals("removed", load.lists.get(1).state(deleted));
            assertEquals(List.of(), load.wentOffline());
            assertEquals(List.of(), load.tally.wrong());
            Figures.print(what,
                    "503 after %d ms, all %d sockets sent away after %d ms, %d machines online all the time, back "
                            + "%d ms after the cut was mended, answers %s",
                    refusing, load.sockets.size(), sentAway,
                    load.machines.size(), back, load.tally);
        }
    }

    private static int heartbeat(Replica replica, Registered machine) {
        return Api.agent(replica, "heartbeat", machine.token()).statusCode();
    }
}
