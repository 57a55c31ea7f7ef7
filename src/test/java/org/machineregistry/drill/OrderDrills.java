package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.machineregistry.drill.Conditions.Condition;
import org.machineregistry.drill.Conditions.Kind;
import org.machineregistry.drill.Drill.Scale;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.Replica;

/** What a replica that stood still hears when it wakes is older than what the other one heard meanwhile. */
final class OrderDrills {
    private static final long PATIENCE_SECONDS = 10;
    private static final long BREAK_IS_HEARD = 300;
    private static final long LOSS_WOULD_BE_SEEN = Bounds.COMES_BACK + Bounds.LOSS_SEEN + 1_500;
    /** The other replica hears of the goodbye before the frozen one wakes. */
    private static final long SILENCE_WOULD_BE_SEEN = Bounds.SHOWN + 1_500;

    private OrderDrills() {}

    /** A handshake waits at a frozen replica; its machine gives up and opens a socket at the other one. */
    static void deadHandshake(Scene scene, Scale scale) throws Exception {
        List<SocketAgent> agents = new ArrayList<>();
        for (int i = 0; i < scale.repetitions(); i++) {
            agents.add(scene.socket("socket whose first handshake waits", scene.site.a));
        }
        scene.watch();
        for (SocketAgent agent : agents) {
            // The replica knows the machine, so that nothing holds up its handshake later.
            agent.present(0).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            agent.breakOff();
            Timeline.pass(BREAK_IS_HEARD);
            Condition frozen = freeze(scene);
            agent.start(agent, machine -> machine.present(Timeline.NEVER), 0);
            awaitOpen(agent, scene.site.b);
            thaw(scene, frozen);
        }
        Timeline.pass(LOSS_WOULD_BE_SEEN);
    }

    /** A heartbeat waits at a frozen replica; then the machine says goodbye to the other one. */
    static void lateHeartbeat(Scene scene, Scale scale) throws Exception {
        List<HttpAgent> agents = new ArrayList<>();
        for (int i = 0; i < scale.repetitions(); i++) {
            agents.add(scene.http("http whose last heartbeat waits", scene.site.b));
        }
        scene.watch();
        for (HttpAgent agent : agents) {
            agent.beat(scene.site.a).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            agent.beat(scene.site.b).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Timeline.pass(Bounds.WRITTEN);
            Condition frozen = freeze(scene);
            agent.beat(scene.site.a).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            agent.leave().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            thaw(scene, frozen);
        }
        Timeline.pass(SILENCE_WOULD_BE_SEEN);
    }

    private static Condition freeze(Scene scene) throws Exception {
        Condition frozen = scene.conditions.begin(Kind.FROZEN, scene.site.a);
        scene.site.a.freeze();
        return frozen;
    }

    private static void thaw(Scene scene, Condition frozen) throws Exception {
        Replica replica = scene.site.a;
        replica.thaw();
        frozen.over();
        Api.awaitReady(replica);
    }

    private static void awaitOpen(Agent agent, Replica replica) {
        Awaitility.await().until(() -> agent.log.facts().stream()
                .anyMatch(fact -> fact.replica == replica && fact.isAcknowledged()));
    }
}
