package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.User.Registered;

/** Two replicas on one database: what one does, the other knows; what one leaves behind, the other takes over. */
@ExtendWith(Site.Extension.class)
class TwoReplicasIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    // 3 s is what the contract grants; on a busy machine the sweep waits longer for what others heard.
    private static final int LATEST_SECONDS = Site.TTL_SECONDS + 3 + 4;
    private static final int SILENT = 200;

    @Test
    void machines_of_a_killed_replica_move_over_and_those_that_do_not_are_found_silent(Site site) throws Exception {
        try (Load load = new Load(site.b); Load gone = new Load(site.b)) {
            load.beat(15, site.a, site.b).open(15, site.a, site.b).watch(site.b).awaitOnline();
            gone.open(15, site.a).watch(site.b).awaitOnline();

            long killed = System.nanoTime();
            site.a.kill();
            gone.lists.get(0)
                    .awaitState("missed_heartbeats", Duration.ofSeconds(LATEST_SECONDS), gone.machines);
            long found = Figures.millisSince(killed);
            load.assertNobodyGoesOffline();
            Registered created = load.user.register(site.b);
            load.lists.get(0).awaitState("never_connected", Api.PATIENCE, List.of(created));

            assertTrue(gone.wentOffline().stream().allMatch(seen -> seen.state().equals("missed_heartbeats")));
            assertTrue(found > (Site.TTL_SECONDS - 2) * 1_000L, "after " + found + " ms");
            assertEquals(1, load.lists.get(0).opened());
            assertEquals(List.of(), load.tally.wrong());
            Figures.print("one of two replicas killed",
                    "%d machines moved over and stayed online, %d that did not were missed_heartbeats after %d ms, the "
                            + "stream of the other replica went on",
                    load.machines.size(), gone.machines.size(), found);
        }
    }

    @Test
    void a_dead_token_is_refused_by_the_other_replica_within_a_second(Site site) {
        try (Load load = new Load(site.a)) {
            load.open(2, site.b).watch(site.b).awaitOnline();
            SocketMachine deleted = load.sockets.get(0);
            SocketMachine revoked = load.sockets.get(1);
            load.machines.forEach(machine -> assertEquals(200, heartbeat(site.b, machine)));

            long deletedAt = System.nanoTime();
            load.user.delete(site.a, deleted.machine);
            long deletedClose = deleted.awaitClose(AT_ONCE).at() - deletedAt;
            long deletedRefusal = awaitRefusal(site.b, deleted.machine, deletedAt);
            long revokedAt = System.nanoTime();
            Registered renewed = load.user.revoke(site.a, revoked.machine);
            long revokedClose = revoked.awaitClose(AT_ONCE).at() - revokedAt;
            long revokedRefusal = awaitRefusal(site.b, revoked.machine, revokedAt);

            assertEquals(4401, deleted.closings().get(0).code());
            assertEquals(4401, revoked.closings().get(0).code());
            assertEquals(200, heartbeat(site.b, renewed));
            Figures.print("dead tokens at the other replica",
                    "deleted: socket closed after %d ms, refused after %d ms; revoked: socket closed after %d ms, "
                            + "refused after %d ms",
                    deletedClose / 1_000_000, deletedRefusal, revokedClose / 1_000_000, revokedRefusal);
        }
    }

    @Test
    void two_replicas_that_look_for_the_silent_find_each_once(Site site) {
        try (Load load = new Load(site.a)) {
            load.watch(site.a, site.b);
            List<Registered> machines = load.user.register(site.a, SILENT);
            List<CompletableFuture<?>> beats = new ArrayList<>();
            long lastHeard = System.nanoTime();
            for (Registered machine : machines) {
                Replica replica = beats.size() % 2 == 0 ? site.a : site.b;
                beats.add(Api.HTTP.sendAsync(Api.post(replica, "/api/agent/heartbeat", machine.token(), null),
                        BodyHandlers.ofString()));
            }
            CompletableFuture.allOf(beats.toArray(CompletableFuture[]::new)).join();
            long heardBy = Figures.millisSince(lastHeard);
            load.lists.forEach(list -> list.awaitState("online", Api.PATIENCE, machines));

            Duration deadline = Duration.ofSeconds(LATEST_SECONDS);
            load.lists.forEach(list -> list.awaitState("missed_heartbeats", deadline, machines));
            long found = Figures.millisSince(lastHeard);
            Awaitility.await().during(Duration.ofSeconds(2)).atMost(Api.PATIENCE)
                    .until(() -> load.lists.stream().allMatch(list -> list.wentOffline().size() == SILENT));

            assertTrue(found >= Site.TTL_SECONDS * 1_000L, "after " + found + " ms");
            assertTrue(found <= heardBy + LATEST_SECONDS * 1_000L, "after " + found + " ms");
            Figures.print("two replicas look for the silent",
                    "%d machines offline once each, all %d ms after the first "
                            + "heartbeat (the last was %d ms later)",
                    SILENT, found, heardBy);
        }
    }

    private static int heartbeat(Replica replica, Registered machine) {
        return Api.agent(replica, "heartbeat", machine.token()).statusCode();
    }

    private static long awaitRefusal(Replica replica, Registered machine, long since) {
        Awaitility.await()
                .atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> heartbeat(replica, machine) == 401);
        return Figures.millisSince(since);
    }
}
