package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.User.Registered;

/** The database goes away under load and comes back. */
@ExtendWith(Site.Extension.class)
class DatabaseOutageIT {
    // A third of what the ttl of these tests leaves beside the interval of heartbeats.
    private static final Set<Integer> MACHINES_COME_BACK_AFTER = Set.of(1, 2);
    // Less than the three tenths of the ttl after which a database that does not answer is lost.
    private static final long SHORT_OUTAGE_MILLIS = 1_800;

    @Test
    void nothing_is_lost_and_nobody_goes_offline_when_the_database_restarts(Site site) {
        survive(site, "database stopped and started", site.database::stop);
    }

    @Test
    void nothing_is_lost_and_nobody_goes_offline_when_the_database_is_killed(Site site) {
        survive(site, "database killed and started", site.database::kill);
    }

    @Test
    void an_outage_too_short_to_refuse_for_is_no_silence_of_machines(Site site) {
        User user = User.at(site.a);
        Registered machine = user.register(site.a);
        try (LiveList list = new LiveList(site.a, user)) {
            assertEquals(200, Api.agent(site.a, "connect", machine.token()).statusCode());
            list.awaitState("online", Api.PATIENCE, List.of(machine));
            long heard = System.nanoTime();
            // It would have said more in the outage that comes.
            Awaitility.await().until(() -> Figures.millisSince(heard) > 2_000);

            site.a.database.breakOff();
            site.b.database.breakOff();
            long broken = System.nanoTime();
            Awaitility.await().until(() -> Figures.millisSince(broken) > SHORT_OUTAGE_MILLIS);
            long healed = System.nanoTime();
            site.a.database.heal();
            site.b.database.heal();
            list.awaitState("missed_heartbeats", Api.PATIENCE, List.of(machine));
            long silent = Figures.millisSince(healed);

            assertTrue(silent >= Site.TTL_SECONDS * 1_000,
                    "offline after " + silent + " ms in which it could be heard");
            Figures.print("short outage of the database", "offline %d ms after it", silent);
        }
    }

    @Test
    void while_the_database_is_away_machines_are_told_to_come_back_each_at_its_own_time(Site site) {
        try (Load load = new Load(site.a)) {
            Registered asking = User.at(site.a).register(site.a);
            load.open(10, site.a).watch(site.a).awaitOnline();
            assertEquals(200, Api.agent(site.a, "heartbeat", asking.token()).statusCode());

            site.database.stop();
            Awaitility.await().until(() -> heartbeat(site.a, load.tally, asking) == 503);
            long down = System.nanoTime();
            Set<Integer> answers = new TreeSet<>();
            while (Figures.millisSince(down) < 3_000) {
                answers.add(heartbeat(site.a, load.tally, asking));
            }
            long asked = System.nanoTime();
            load.tally.count(Api.send(Api.request(site.a, "/api/machines", load.user.session).build()));
            long list = Figures.millisSince(asked);
            load.sockets.forEach(socket -> assertEquals(1001, socket.awaitClose(Duration.ofSeconds(5)).code()));
            Awaitility.await().until(() -> load.sockets.stream().allMatch(socket -> socket.refused() == 503));
            site.database.start();

            List<Integer> retries = load.tally.retries();
            Map<Integer, Long> spread = new TreeMap<>(
                    retries.stream().collect(Collectors.groupingBy(retry -> retry, Collectors.counting())));
            assertEquals(Set.of(503), answers);
            assertEquals(List.of(), load.tally.wrong());
            assertTrue(spread.keySet().containsAll(MACHINES_COME_BACK_AFTER), spread.toString());
            assertTrue(spread.values().stream().allMatch(count -> count < retries.size() * 3 / 4), spread.toString());
            Figures.print("no stampede",
                    "%d refusals, by the seconds of their Retry-After %s; the list was refused after %d ms",
                    retries.size(), spread, list);
        }
    }

    private static int heartbeat(Replica replica, Tally tally, Registered machine) {
        HttpResponse<String> answer = Api.agent(replica, "heartbeat", machine.token());
        tally.count(answer);
        return answer.statusCode();
    }

    private static void survive(Site site, String what, Runnable fault) {
        try (Load load = new Load(site.a)) {
            load.beat(20, site.a).open(20, site.a).watch(site.a, site.a).create(site.a).awaitOnline();

            long down = System.nanoTime();
            fault.run();
            awaitRefusal(site.a, load);
            int live = Api.health(site.a, "live");
            List<Integer> snapshotsBefore = load.lists.stream().map(LiveList::snapshots).toList();
            site.database.start();
            long up = System.nanoTime();
            load.awaitCreations();
            long creating = Figures.millisSince(up);
            Api.awaitReady(site.a);
            long ready = Figures.millisSince(up);
            for (int i = 0; i < load.lists.size(); i++) {
                load.lists.get(i).awaitSnapshot(snapshotsBefore.get(i) + 1, Api.PATIENCE);
            }
            long snapshot = Figures.millisSince(up);
            load.assertNobodyGoesOffline();
            load.stopCreating();
            int created = load.assertNothingLost(site.a);

            assertEquals(200, live);
            assertEquals(List.of(), load.tally.wrong());
            assertEquals(0, load.tally.unanswered());
            assertTrue(load.tally.of(503) > 0);
            Figures.print(what,
                    "away %d ms, creations again after %d ms, ready after %d ms, fresh snapshots after %d ms, "
                            + "%d machines online all the time, %d created and none lost, answers %s",
                    (up - down) / 1_000_000,
                    creating, ready, snapshot, load.machines.size(), created, load.tally);
        }
    }

    private static void awaitRefusal(Replica replica, Load load) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Api.health(replica, "ready") == 503 && load.tally.of(503) > 0);
    }
}
