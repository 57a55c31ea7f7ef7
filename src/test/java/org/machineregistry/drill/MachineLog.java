package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.machineregistry.drill.Fact.Kind;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User.Registered;

/** What one machine really did. */
final class MachineLog {
    final Registered machine;
    final String what;
    private final List<Fact> facts = new CopyOnWriteArrayList<>();
    private final List<Lie> lies = new CopyOnWriteArrayList<>();
    private volatile long judgedUntil = Timeline.NEVER;
    private volatile Spans notJudged = Spans.NONE;

    MachineLog(Registered machine, String what) {
        this.machine = machine;
        this.what = what;
    }

    Fact begin(Kind kind, Replica replica) {
        return begin(kind, replica, Timeline.now());
    }

    Fact begin(Kind kind, Replica replica, long begun) {
        Fact fact = new Fact(kind, replica, begun);
        facts.add(fact);
        return fact;
    }

    /** All so far, in the order in which they began. */
    List<Fact> facts() {
        List<Fact> sorted = new ArrayList<>(facts);
        sorted.sort(Comparator.comparingLong(fact -> fact.begun));
        return sorted;
    }

    /** The service did to it what it must not do; what is shown of it from then on follows from that. */
    void suffer(Lie.Kind kind, String detail) {
        judgedUntil = Math.min(judgedUntil, Timeline.now());
        lies.add(new Lie(kind, machine.machineId(), what, 0, detail));
    }

    /** What is shown of it is not judged in these times. */
    void excuse(Spans times) {
        notJudged = notJudged.and(times);
    }

    List<Lie> lies() {
        return lies;
    }

    Spans judged() {
        return Spans.of(0, judgedUntil).without(notJudged);
    }
}
