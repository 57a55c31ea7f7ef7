package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.fault.User.Registered;

/** A machine is pinged through the replica that holds its socket, whichever replica is asked. */
@ExtendWith(Site.Extension.class)
class PingIT {
    @Test
    void either_replica_pings_a_machine_and_tells_how_long_it_took(Site site) {
        try (Load load = new Load(site.a)) {
            load.open(1, site.b).watch(site.a).awaitOnline();
            Registered machine = load.machines.get(0);

            for (Replica asked : new Replica[]{site.a, site.b}) {
                HttpResponse<String> answer = ping(asked, load.user, machine);

                assertEquals(200, answer.statusCode(), answer.body());
                long millis = Api.json(answer.body()).path("roundTripMillis").longValue();
                assertTrue(millis >= 0 && millis < 2_000, answer.body());
            }
        }
    }

    @Test
    void a_machine_that_moves_to_the_other_replica_is_pinged_there(Site site) throws Exception {
        try (Load load = new Load(site.a)) {
            load.open(1, site.b, site.a).watch(site.a).awaitOnline();
            Registered machine = load.machines.get(0);
            assertEquals(200, ping(site.a, load.user, machine).statusCode());

            site.b.kill();

            // Its socket is gone until it has come back, and then it answers.
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200))
                    .until(() -> ping(site.a, load.user, machine).statusCode() == 200);
        }
    }

    @Test
    void who_cannot_hear_the_answer_says_that_its_database_is_away(Site site) throws Exception {
        try (Load load = new Load(site.a)) {
            load.open(1, site.b).watch(site.a).awaitOnline();

            site.a.database.refuse();

            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200))
                    .until(() -> ping(site.a, load.user, load.machines.get(0)).statusCode() == 503);
            assertEquals(200, ping(site.b, load.user, load.machines.get(0)).statusCode());
        }
    }

    private static HttpResponse<String> ping(Replica replica, User user, Registered machine) {
        return Api.send(Api.post(replica, "/api/machines/" + machine.machineId() + "/ping", user.session, null));
    }
}
