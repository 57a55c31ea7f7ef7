package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.machineregistry.drill.Conditions.Kind;
import org.machineregistry.drill.Oracle.OracleConditions;
import org.machineregistry.drill.Spans.Span;
import org.machineregistry.fault.Replica;

/** Holds what the watchers saw against what the oracle allows. */
final class Judge {
    private static final Set<Kind> CUT_OFF = Set.of(Kind.CUT, Kind.DOWN);
    private static final Set<Kind> SHOWS_NOTHING = Set.of(Kind.DEAD, Kind.FROZEN);

    private final Conditions conditions;
    private final OracleConditions prepared;
    private final HarnessPauses pauses;
    private final Map<String, MachineLog> machines = new HashMap<>();
    private final Map<Replica, Map<String, Map<State, Spans>>> allowed = new HashMap<>();
    private final long start;
    private final long end;
    private final List<Lie> lies = new ArrayList<>();
    private final Map<String, Long> lyingSince = new HashMap<>();
    private long sightings;

    /** @param watched from when on, and until when */
    Judge(Conditions conditions, List<Replica> replicas, List<MachineLog> logs, HarnessPauses pauses, Span watched) {
        this.conditions = conditions;
        this.prepared = OracleConditions.of(conditions, replicas);
        this.pauses = pauses;
        this.start = watched.from();
        this.end = watched.until();
        logs.forEach(log -> machines.put(log.machine.machineId(), log));
        for (Replica replica : replicas) {
            Map<String, Map<State, Spans>> ofReplica = new HashMap<>();
            machines.forEach((id, log) -> ofReplica.put(id, new Oracle(log, prepared, replica).allowed()));
            allowed.put(replica, ofReplica);
        }
    }

    List<Lie> lies() {
        return lies;
    }

    /** How much was held against the oracle. */
    long sightings() {
        return sightings;
    }

    // Streams

    void judge(StreamWatcher watcher) {
        ShownByStream shown = ShownByStream.of(watcher.events(), machines.keySet(), end);
        Replica replica = watcher.replica;
        Spans judged = Spans.of(0, end).without(shown.away())
                .without(conditions.unable(replica).longerBy(Bounds.SHOWN));
        shown.machines().forEach((id, states) -> states.forEach(state -> judge(watcher, id, state, judged)));
        judgeAway(watcher, shown);
        lies.addAll(unseen(replica, "stream", shown.open()));
    }

    private void judge(StreamWatcher watcher, String id, ShownByStream.Shown shown, Spans judged) {
        sightings++;
        Map<State, Spans> times = allowed.get(watcher.replica).get(id);
        Spans wrong = Spans.of(shown.from(), shown.until()).within(judged).within(machines.get(id).judged())
                .without(times.get(shown.state()));
        for (Span span : wrong.all()) {
            if (span.length() > Bounds.TOLERANCE + pauses.around(span.from(), span.until())) {
                lies.add(lie(id, shown.state(), shown.since(), span.from(), span.length(), "stream", watcher.replica));
            }
        }
    }

    private void judgeAway(StreamWatcher watcher, ShownByStream shown) {
        Replica replica = watcher.replica;
        Spans broken = conditions.of(replica, Set.of(Kind.values())).longerBy(Bounds.WATCHED_AGAIN);
        shown.away().without(broken).all().stream().filter(span -> span.length() > Bounds.TOLERANCE)
                .forEach(span -> lies.add(new Lie(Lie.Kind.FALSE_AWAY, "stream " + replica.port, "stream",
                        span.length(), span.toString())));
        Spans standing = conditions.of(replica, SHOWS_NOTHING);
        for (Span cut : conditions.itself(replica, CUT_OFF).without(standing).all()) {
            Span silent = new Span(cut.from() + Bounds.AWAY_SAID + Bounds.TOLERANCE, Math.min(end, cut.until()));
            Spans open = Spans.of(silent.from(), silent.until()).within(shown.open()).without(shown.away());
            if (!open.isEmpty()) {
                lies.add(new Lie(Lie.Kind.STALE_STREAM, "stream " + replica.port, "stream",
                        open.all().stream().mapToLong(Span::length).sum(),
                        "cut off in " + cut + ", open and not away in "
                                + open));
            }
        }
    }

    /** A replica that can serve must be heard of again soon. */
    private List<Lie> unseen(Replica replica, String what, Spans seen) {
        Spans able = Spans.of(start, end).without(conditions.of(replica, Set.of(Kind.values())));
        return able.without(seen).all().stream()
                .filter(span -> span.length() > Bounds.WATCHED_AGAIN)
                .map(span -> new Lie(Lie.Kind.REFUSED, what + " " + replica.port, what, span.length(), span.toString()))
                .toList();
    }

    // Lists

    void judge(ListWatcher watcher) {
        Replica replica = watcher.replica;
        Spans standing = conditions.of(replica, SHOWS_NOTHING).longerBy(Bounds.SHOWN);
        Spans cut = conditions.itself(replica, CUT_OFF);
        Map<String, Long> since = new HashMap<>();
        Map<String, State> before = new HashMap<>();
        lyingSince.clear();
        List<Span> seen = new ArrayList<>();
        for (ListWatcher.Answer answer : watcher.answers()) {
            if (answer.status() != 200) {
                judgeRefusal(replica, answer);
                continue;
            }
            seen.add(new Span(answer.asked(), answer.answered() + Bounds.SHOWN));
            for (String id : machines.keySet()) {
                State state = answer.shown().getOrDefault(id, State.MISSING);
                if (state != before.put(id, state)) {
                    since.put(id, answer.asked());
                }
                if (answer.asked() < end && !standing.touches(answer.asked(), answer.answered())
                        && !hasJustBeenCut(cut, answer)) {
                    judge(watcher, answer, id, state, since.get(id), cut.contains(answer.answered()));
                }
            }
        }
        lies.addAll(unseen(replica, "list", Spans.of(seen)));
    }

    private static boolean hasJustBeenCut(Spans cut, ListWatcher.Answer answer) {
        return cut.all().stream().anyMatch(span -> answer.answered() >= span.from() && answer.answered() < span.until()
                && answer.asked() < span.from() + Bounds.CUT_NOTICED);
    }

    private void judgeRefusal(Replica replica, ListWatcher.Answer answer) {
        if (answer.status() != 0 && answer.status() != 503) {
            lies.add(new Lie(Lie.Kind.WRONG_ANSWER, "list " + replica.port, "list", 0, "list " + answer.status()));
        }
    }

    private void judge(ListWatcher watcher, ListWatcher.Answer answer, String id, State state, long since,
            boolean isCutOff) {
        MachineLog log = machines.get(id);
        sightings++;
        if (Spans.of(answer.asked(), answer.answered() + 1).without(log.judged()).isEmpty()) {
            long off = distance(allowed.get(watcher.replica).get(id).get(state), answer.asked(), answer.answered());
            if (off <= Bounds.TOLERANCE + pauses.around(answer.asked(), answer.answered())) {
                lyingSince.remove(id);
                return;
            }
            long lasts = answer.answered() - lyingSince.computeIfAbsent(id, first -> answer.asked());
            Lie lie = lie(id, state, since, answer.asked(), Math.min(off, lasts), "list", watcher.replica);
            lies.add(isCutOff ? new Lie(Lie.Kind.STALE_LIST, id, lie.what(), lie.millis(), lie.detail()) : lie);
        }
    }

    /** How far away the nearest time is in which this is allowed. */
    private static long distance(Spans times, long from, long until) {
        return times.all().stream()
                .mapToLong(span -> Math.max(0, Math.max(span.from() - until, from - span.until())))
                .min()
                .orElse(Timeline.NEVER);
    }

    // What kind of lie it is

    private Lie lie(String id, State state, long since, long at, long millis, String where, Replica replica) {
        MachineLog log = machines.get(id);
        Map<State, Spans> times = allowed.get(replica).get(id);
        String detail = where + " " + replica.port + " shows " + state + " at " + at + " (since " + since
                + "), allowed "
                + times + ", facts " + log.facts();
        return new Lie(kind(log, times, state, since, at), id, log.what, millis, detail);
    }

    private static Lie.Kind kind(MachineLog log, Map<State, Spans> times, State state, long since, long at) {
        if (state == State.MISSING) {
            return Lie.Kind.MISSING;
        }
        boolean wasAllowed = times.get(state).all().stream()
                .anyMatch(span -> since < span.until() && span.from() <= at);
        if (state == State.ONLINE) {
            return wasAllowed ? late(log, at) : Lie.Kind.FALSE_ONLINE;
        }
        boolean isOffline = times.entrySet().stream()
                .anyMatch(entry -> entry.getKey().isOffline() && entry.getValue().contains(at));
        if (isOffline) {
            return Lie.Kind.WRONG_REASON;
        }
        return wasAllowed ? Lie.Kind.LATE_ONLINE : Lie.Kind.FALSE_OFFLINE;
    }

    private static Lie.Kind late(MachineLog log, long at) {
        Fact last = log.facts().stream()
                .filter(fact -> fact.begun <= at && fact.kind != Fact.Kind.HELD && fact.kind != Fact.Kind.DROP)
                .reduce((one, other) -> other)
                .orElseThrow();
        return switch (last.kind) {
            case GOODBYE -> Lie.Kind.LATE_GOODBYE;
            case BREAK -> Lie.Kind.LATE_LOST;
            default -> Lie.Kind.LATE_SILENT;
        };
    }

    // Refusals

    /** What the service did to the machines themselves. */
    void judgeAnswers() {
        machines.values().forEach(log -> {
            lies.addAll(log.lies());
            log.facts().forEach(fact -> judgeAnswer(log, fact));
            judgeRefusals(log);
        });
    }

    private void judgeAnswer(MachineLog log, Fact fact) {
        String status = fact.answer().replaceFirst("^\\w+ ", "");
        if (status.matches("\\d{3}") && !Set.of("200", "204", "503").contains(status)) {
            lies.add(new Lie(Lie.Kind.WRONG_ANSWER, log.machine.machineId(), log.what, 0, fact.toString()));
        }
    }

    private void judgeRefusals(MachineLog log) {
        int refusals = 0;
        long since = 0;
        for (Fact fact : log.facts()) {
            if (fact.kind == Fact.Kind.SIGN && fact.isAcknowledged()) {
                refusals = 0;
            } else if (fact.kind == Fact.Kind.SIGN && fact.ended() < end && couldBeServed(log, fact)) {
                since = refusals++ == 0 ? fact.begun : since;
                if (refusals == Bounds.REFUSALS) {
                    lies.add(new Lie(Lie.Kind.REFUSED, log.machine.machineId(), log.what, fact.ended() - since,
                            "since " + since + ", last " + fact));
                }
            }
        }
    }

    private boolean couldBeServed(MachineLog log, Fact fact) {
        return log.judged().contains(fact.begun)
                && !conditions.of(fact.replica, Set.of(Kind.values())).longerBy(Bounds.SHOWN)
                        .touches(fact.begun, fact.ended());
    }
}
