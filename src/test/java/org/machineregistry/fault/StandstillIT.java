package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database, or the service, stands still for longer than a ttl, and goes on as if nothing had been. */
@ExtendWith(Site.Extension.class)
class StandstillIT {
    private static final Duration LONGER_THAN_TTL = Duration.ofSeconds(Site.TTL_SECONDS + 2);

    @Test
    void a_database_that_stands_still_turns_nobody_offline(Site site) {
        try (Load load = new Load(site.a)) {
            load.beat(15, site.a, site.b).open(15, site.a, site.b).watch(site.a, site.b).create(site.a).awaitOnline();
            String token = load.machines.get(0).token();

            site.database.freeze();
            CompletableFuture<HttpResponse<String>> connect = ask(site.a, "connect", token);
            CompletableFuture<HttpResponse<String>> disconnect = ask(site.b, "disconnect",
                    load.machines.get(1).token());
            awaitNobodyOffline(load);
            boolean answered = connect.isDone() && disconnect.isDone();
            site.database.thaw();
            long thawed = System.nanoTime();
            load.awaitCreations();
            long creating = Figures.millisSince(thawed);
            load.assertNobodyGoesOffline();
            load.stopCreating();
            int created = load.assertNothingLost(site.a);

            assertTrue(answered, "a request waits as long as the database does");
            assertEquals(List.of(503, 503), List.of(connect.join().statusCode(), disconnect.join().statusCode()));
            assertEquals(List.of(), load.tally.wrong());
            Figures.print("database stood still",
                    "%d s, creations again after %d ms, %d machines online all the time, %d created and none lost, answers %s",
                    LONGER_THAN_TTL.toSeconds(), creating, load.machines.size(), created, load.tally);
        }
    }

    @Test
    void a_service_that_stands_still_turns_nobody_offline(Site site) throws Exception {
        try (Load load = new Load(site.a)) {
            load.beat(15, site.a, site.b).open(15, site.a, site.b).watch(site.a, site.b).create(site.a).awaitOnline();

            site.a.freeze();
            site.b.freeze();
            awaitNobodyOffline(load);
            site.a.thaw();
            site.b.thaw();
            long thawed = System.nanoTime();
            load.awaitCreations();
            long creating = Figures.millisSince(thawed);
            load.assertNobodyGoesOffline();
            load.stopCreating();
            int created = load.assertNothingLost(site.a);

            assertEquals(List.of(), load.tally.wrong());
            Figures.print("service stood still",
                    "%d s, creations again after %d ms, %d machines online all the time, %d created and none lost, answers %s",
                    LONGER_THAN_TTL.toSeconds(), creating, load.machines.size(), created, load.tally);
        }
    }

    private static void awaitNobodyOffline(Load load) {
        Awaitility.await()
                .during(LONGER_THAN_TTL)
                .atMost(LONGER_THAN_TTL.plusSeconds(2))
                .until(load::wentOffline, List::isEmpty);
    }

    private static CompletableFuture<HttpResponse<String>> ask(Replica replica, String call, String token) {
        return Api.HTTP.sendAsync(Api.post(replica, "/api/agent/" + call, token, null), BodyHandlers.ofString());
    }
}
