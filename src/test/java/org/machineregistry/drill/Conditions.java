package org.machineregistry.drill;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.machineregistry.drill.Spans.Span;
import org.machineregistry.fault.Replica;

/** What was really broken, where and when, so that the oracle excuses that and nothing else. */
final class Conditions {
    /** A replica whose database is reached again is given so long to find out. */
    static final long FINDS_OUT_WITHIN = 3_000;

    enum Kind {
        /** The replica has no process, or one that is told to end, or one that still starts. */
        DEAD,
        /** The replica stands still. */
        FROZEN,
        /** The replica is cut off from the database. */
        CUT,
        /** The database serves nobody. */
        DOWN,
        /** The database is there, and nobody can read or write machines. */
        LOCKED,
        /** Some of the replica's transfers to and from the database are reset. */
        SHAKY,
        /** The database's answers come later. */
        SLOW
    }

    private static final Set<Kind> CANNOT_SERVE = Set.of(Kind.DEAD, Kind.FROZEN, Kind.CUT, Kind.DOWN,
            Kind.LOCKED);

    /** One thing that was broken. */
    static final class Condition {
        final Kind kind;
        final Replica replica;
        final int millis;
        final long from = Timeline.now();
        private volatile long until = Timeline.NEVER;

        private Condition(Kind kind, Replica replica, int millis) {
            this.kind = kind;
            this.replica = replica;
            this.millis = millis;
        }

        void over() {
            until = Timeline.now();
        }

        long until() {
            return until;
        }

        boolean concerns(Replica one) {
            return replica == null || replica == one;
        }
    }

    private final List<Replica> replicas;
    private final Readiness readiness;
    private final List<Condition> conditions = new CopyOnWriteArrayList<>();

    Conditions(List<Replica> replicas, Readiness readiness) {
        this.replicas = replicas;
        this.readiness = readiness;
    }

    /** @param replica the one that is concerned; null for all of them */
    Condition begin(Kind kind, Replica replica, int millis) {
        Condition condition = new Condition(kind, replica, millis);
        conditions.add(condition);
        return condition;
    }

    Condition begin(Kind kind, Replica replica) {
        return begin(kind, replica, 0);
    }

    /** When the last of them ended. */
    long end() {
        return conditions.stream().mapToLong(Condition::until).max().orElse(0);
    }

    /** When the first of them began. */
    long start() {
        return conditions.stream().mapToLong(one -> one.from).min().orElse(Timeline.NEVER);
    }

    boolean isEmpty() {
        return conditions.isEmpty();
    }

    /** As long as something was broken at this replica, and until it has found out that it is whole again. */
    Spans of(Replica replica, Set<Kind> kinds) {
        return spans(replica, kinds, true);
    }

    /** As long as something was broken, to the moment. */
    Spans itself(Replica replica, Set<Kind> kinds) {
        return spans(replica, kinds, false);
    }

    private Spans spans(Replica replica, Set<Kind> kinds, boolean untilFoundOut) {
        Predicate<Condition> asked = one -> kinds.contains(one.kind) && one.concerns(replica);
        return Spans.of(conditions.stream().filter(asked)
                .map(one -> new Span(one.from, untilFoundOut ? foundOut(one, replica) : one.until))
                .toList());
    }

    private long foundOut(Condition condition, Replica replica) {
        return Math.min(condition.until + FINDS_OUT_WITHIN, readiness.readyAfter(replica, condition.until));
    }

    Spans unable(Replica replica) {
        return of(replica, CANNOT_SERVE);
    }

    /** Times in which no replica could hear a machine and write of it, and was not yet found to be whole again. */
    Spans outages() {
        return replicas.stream().map(this::unable).reduce(Spans::within).orElse(Spans.NONE);
    }

    /** The same, to the moment. */
    Spans outagesThemselves() {
        return replicas.stream().map(replica -> itself(replica, CANNOT_SERVE)).reduce(Spans::within)
                .orElse(Spans.NONE);
    }

    /** How much later than else something may be seen that took so many round trips to the database. */
    long slack(long from, long until, int trips, Replica... concerned) {
        Set<Replica> which = Set.of(concerned.length == 0 ? replicas.toArray(Replica[]::new) : distinct(concerned));
        return which.stream().mapToLong(replica -> slack(from, until, trips, replica)).max().orElse(0);
    }

    private static Replica[] distinct(Replica... some) {
        return List.of(some).stream().distinct().toArray(Replica[]::new);
    }

    private long slack(long from, long until, int trips, Replica replica) {
        return conditions.stream()
                .filter(one -> one.concerns(replica) && one.from <= until && from <= one.until + 2L * one.millis)
                .mapToLong(one -> switch (one.kind) {
                    case SLOW -> (long) trips * one.millis;
                    case SHAKY -> Bounds.SHAKY_SLACK;
                    default -> 0;
                })
                .max()
                .orElse(0);
    }
}
