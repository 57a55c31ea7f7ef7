package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replica that cannot do its work says so in time, whatever it waits for. */
@ExtendWith(Site.Extension.class)
class ReadinessIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long LONGEST_MILLIS = 3_000;
    private static final int WAITING = 300;

    @Test
    void readiness_is_told_at_once_while_the_database_stands_still(Site site) {
        saysSoAtOnce(site, "ready while the database stands still", site.database::freeze);
    }

    @Test
    void readiness_is_told_at_once_while_nothing_comes_from_the_database(Site site) {
        saysSoAtOnce(site, "ready while nothing comes from the database", site.a.database::stall);
    }

    @Test
    void a_database_that_takes_no_writes_is_still_read(Site site) {
        User user = User.at(site.a);
        user.register(site.a);

        site.database.setReadOnly(true);
        try {
            Awaitility.await().atMost(SOON).until(() -> create(site.a, user).statusCode() == 503);

            HttpResponse<String> refused = create(site.b, user);
            assertEquals(503, refused.statusCode(), refused.body());
            assertTrue(refused.headers().firstValue("Retry-After").isPresent());
            assertEquals(1, user.list(site.a).size());
            assertEquals(1, user.list(site.b).size());
        } finally {
            site.database.setReadOnly(false);
        }
        Awaitility.await().atMost(SOON).until(() -> create(site.a, user).statusCode() == 201);
    }

    private static HttpResponse<String> create(Replica replica, User user) {
        return Api.send(Api.post(replica, "/api/machines", user.session, "{\"name\":\"machine\"}"));
    }

    private static void saysSoAtOnce(Site site, String what, Runnable fault) {
        User user = User.at(site.a);
        fault.run();
        long broken = System.nanoTime();
        // More than there are workers, each waiting for a connection.
        Stream.generate(() -> Api.request(site.a, "/api/machines", user.session).build())
                .limit(WAITING)
                .forEach(request -> Api.HTTP.sendAsync(request, BodyHandlers.discarding()));

        long[] slowest = {0};
        Awaitility.await().atMost(SOON).until(() -> {
            long asked = System.nanoTime();
            int status = Api.health(site.a, "ready");
            slowest[0] = Math.max(slowest[0], Figures.millisSince(asked));
            return status == 503;
        });

        assertTrue(slowest[0] < LONGEST_MILLIS, "it took " + slowest[0] + " ms to say so");
        Figures.print(what, "503 after %d ms, the slowest answer took %d ms", Figures.millisSince(broken), slowest[0]);
    }
}
