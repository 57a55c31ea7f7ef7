package org.machineregistry.drill;

import org.machineregistry.drill.DrillSite.Clocks;

/**
 * A fault, and what goes on meanwhile.
 *
 * @param what for a table
 * @param isShort whether it belongs to the set that is run before every landing
 */
record Drill(String name, String what, Clocks clocks, boolean isShort, Course course) {
    /** What goes on in it. */
    @FunctionalInterface
    interface Course {
        void run(Scene scene, Scale scale) throws Exception;
    }

    /**
     * How large it is.
     *
     * @param ofEachKind machines of each kind
     * @param stampede machines that reconnect at once
     * @param repetitions of what is scripted
     */
    record Scale(int ofEachKind, int stampede, int repetitions) {}

    /** Until all kinds of machines are in all of their states. */
    private static final long WARM_MILLIS = Scene.STARTS_WITHIN + 4_000;
    /** Until all that the fault may excuse is over, and some time longer. */
    private static final long AFTERWARDS_MILLIS = Bounds.TTL + Bounds.SILENCE_SEEN + 4_000;

    /** Machines of all kinds, and one fault. */
    static Drill of(String name, String what, Fault fault) {
        return of(name, what, Clocks.TRUE, fault);
    }

    static Drill of(String name, String what, Clocks clocks, Fault fault) {
        return new Drill(name, what, clocks, false, (scene, scale) -> {
            scene.populate(scale.ofEachKind);
            scene.watch();
            Timeline.pass(WARM_MILLIS);
            fault.strike(scene);
            Timeline.pass(AFTERWARDS_MILLIS);
        });
    }

    static Drill scripted(String name, String what, Course course) {
        return new Drill(name, what, Clocks.TRUE, false, course);
    }

    Drill inShort() {
        return new Drill(name, what, clocks, true, course);
    }
}
