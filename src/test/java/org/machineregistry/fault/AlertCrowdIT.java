package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.machineregistry.fault.User.Registered;

/** Ten thousand machines with alerts, under which service and database go away. */
class AlertCrowdIT {
    private static final int CROWD = 10_000;
    // Each is heard several times within it, also where this host is busy.
    private static final int TTL_SECONDS = 30;
    private static final int IN_TIME_SECONDS = TTL_SECONDS + AlertSite.AFTER_SECONDS + 3;

    private static AlertReceiver receiver;
    private static AlertSite site;

    @BeforeAll
    static void start() throws IOException {
        receiver = new AlertReceiver();
        Map<String, String> settings = new TreeMap<>(AlertSite.sendingTo(receiver.url()));
        settings.putAll(Map.of("presence.ttl", TTL_SECONDS + "s", "presence.heartbeat", "5s",
                "machines.quota", "20000", "machines.anonymous-quota", "1000000"));
        site = new AlertSite(settings);
        site.start(site.a);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        site.close();
        receiver.close();
    }

    @Test
    void restarts_under_ten_thousand_that_are_online_are_told_to_nobody() throws Exception {
        User user = User.at(site.a);
        Registered silent = user.register(site.a);
        assertEquals(200, Api.agent(site.a, "heartbeat", silent.token()).statusCode());
        try (BeatingCrowd crowd = new BeatingCrowd(site.a, user, CROWD).start()) {
            Awaitility.await().atMost(Duration.ofSeconds(180)).until(() -> online() >= CROWD);
            site.askForAlerts(crowd.machines);
            long changed = lastChange(silent);

            site.a.kill();
            site.start(site.a);
            crowd.awaitHeard();
            assertEquals(200, Api.agent(site.a, "heartbeat", silent.token()).statusCode());
            site.askForAlerts(List.of(silent));
            site.database.kill();
            site.database.start();

            // One that stays away shows that the others could have been told of by then.
            Awaitility.await().atMost(Duration.ofSeconds(IN_TIME_SECONDS + 30))
                    .until(() -> !receiver.of(silent).isEmpty());
            assertEquals(0, crowd.machines.stream().filter(machine -> !receiver.of(machine).isEmpty()).count());
            // The receiver has heard of the silent one a moment before that is written down.
            assertEquals(0, site.database.count("select count(*) from machine where alert_pending is not null"
                    + " and machine_id <> '" + silent.machineId() + "'"));
            assertEquals(changed, lastChange(silent), "somebody went offline");
            assertEquals(CROWD, online());
        }
    }

    private static long online() {
        return site.database.count("select count(*) from machine where status = 'online'");
    }

    /** When the newest change of any other machine was. */
    private static long lastChange(Registered but) {
        return site.database.count("select (extract(epoch from max(status_since)) * 1000000)::bigint from machine"
                + " where machine_id <> '" + but.machineId() + "'");
    }
}
