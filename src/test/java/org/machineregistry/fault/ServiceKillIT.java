package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The only replica is killed under load and started again. */
@ExtendWith(Site.Extension.class)
class ServiceKillIT {
    @Test
    void nothing_is_lost_and_nobody_goes_offline_when_the_service_is_killed(Site site) throws Exception {
        site.b.kill();
        try (Load load = new Load(site.a)) {
            load.beat(20, site.a).open(20, site.a).watch(site.a, site.a).create(site.a).awaitOnline();
            load.awaitCreations();

            long killed = System.nanoTime();
            site.a.kill();
            site.a.start();
            long up = System.nanoTime();
            load.awaitCreations();
            long creating = Figures.millisSince(up);
            for (LiveList list : load.lists) {
                list.awaitSnapshot(2, Api.PATIENCE);
            }
            long snapshot = Figures.millisSince(up);
            load.assertNobodyGoesOffline();
            load.stopCreating();
            int created = load.assertNothingLost(site.a);

            assertEquals(List.of(), load.tally.wrong());
            Figures.print("service killed and started",
                    "away %d ms, creations again after %d ms, streams back after %d ms, %d machines online all the time, "
                            + "%d created and none lost, answers %s",
                    (up - killed) / 1_000_000, creating, snapshot, load.machines.size(), created, load.tally);
        }
    }
}
