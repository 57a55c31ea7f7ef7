package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.machineregistry.drill.Conditions.Condition;
import org.machineregistry.drill.Conditions.Kind;
import org.machineregistry.drill.Drill.Scale;

/** All machines of a replica, half of them with sockets, come to the other one in the same moment. */
final class StampedeDrill {
    private static final int STARTS_WITHIN = 15_000;
    // As agent.sh has: who gives up while the crowd before them is served makes it larger.
    private static final long PATIENCE = 10_000;
    private static final long SETTLES = 6_000;
    private static final long AFTERWARDS = Bounds.TTL + Bounds.SILENCE_SEEN + 4_000;

    private StampedeDrill() {}

    static void run(Scene scene, Scale scale) throws Exception {
        scene.patience(PATIENCE);
        List<Runnable> starts = new ArrayList<>();
        for (int i = 0; i < scale.stampede() / 2; i++) {
            HttpAgent beating = scene.http("http in the stampede", scene.site.a);
            SocketAgent staying = scene.socket("socket in the stampede", scene.site.a);
            starts.add(() -> beating.start(beating, machine -> machine.present(Timeline.NEVER), someTime()));
            starts.add(() -> staying.start(staying, machine -> machine.present(Timeline.NEVER), someTime()));
        }
        scene.watch();
        starts.forEach(Runnable::run);
        Timeline.pass(STARTS_WITHIN + SETTLES);
        Condition dead = scene.conditions.begin(Kind.DEAD, scene.site.a);
        scene.site.a.kill();
        Timeline.pass(AFTERWARDS);
        scene.site.a.start();
        dead.over();
        Timeline.pass(SETTLES);
    }

    private static long someTime() {
        return ThreadLocalRandom.current().nextInt(STARTS_WITHIN);
    }
}
