package org.machineregistry.drill;

import java.util.concurrent.ThreadLocalRandom;

import org.machineregistry.fault.Replica;

/** The kinds of machines, and what each does again and again. */
enum Population {
    BEATING("http that beats") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            HttpAgent agent = scene.http(what, first);
            agent.start(agent, machine -> machine.present(Timeline.NEVER), delayMillis);
        }
    },
    LEAVING("http that says goodbye") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            HttpAgent agent = scene.http(what, first);
            agent.start(agent, machine -> machine.present(between(3_000, 9_000))
                    .thenCompose(done -> machine.leave())
                    .thenCompose(done -> machine.away(between(3_000, 6_000))), delayMillis);
        }
    },
    FALLING_SILENT("http that falls silent") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            HttpAgent agent = scene.http(what, first);
            agent.start(agent, machine -> machine.present(between(3_000, 8_000))
                    .thenCompose(done -> machine.away(SILENCE)), delayMillis);
        }
    },
    STAYING("socket that stays") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            SocketAgent agent = scene.socket(what, first);
            agent.start(agent, machine -> machine.present(Timeline.NEVER), delayMillis);
        }
    },
    BREAKING("socket that breaks") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            SocketAgent agent = scene.socket(what, first);
            agent.start(agent, machine -> machine.present(between(3_000, 8_000))
                    .thenCompose(done -> machine.breakOff())
                    .thenCompose(done -> machine.away(COMES_BACK))
                    .thenCompose(done -> machine.present(between(3_000, 8_000)))
                    .thenCompose(done -> machine.breakOff())
                    .thenCompose(done -> machine.away(LOST)), delayMillis);
        }
    },
    CLOSING("socket that says goodbye") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            SocketAgent agent = scene.socket(what, first);
            agent.start(agent, machine -> machine.present(between(3_000, 9_000))
                    .thenCompose(done -> machine.leave())
                    .thenCompose(done -> machine.away(between(3_000, 7_000))), delayMillis);
        }
    },
    MOVING("socket that moves") {
        @Override
        void start(Scene scene, Replica first, long delayMillis) {
            SocketAgent agent = scene.socket(what, first);
            agent.start(agent, machine -> machine.present(between(3_000, 7_000))
                    .thenCompose(done -> machine.move()), delayMillis);
        }
    };

    /** Long enough for its silence to be seen, and a while longer. */
    private static final long SILENCE = Bounds.TTL + Bounds.SILENCE_SEEN + 4_000;
    /** It is back before it counts as lost. */
    private static final long COMES_BACK = 2_000;
    private static final long LOST = 10_000;

    final String what;

    Population(String what) {
        this.what = what;
    }

    abstract void start(Scene scene, Replica first, long delayMillis);

    private static long between(long shortest, long longest) {
        return ThreadLocalRandom.current().nextLong(shortest, longest);
    }
}
