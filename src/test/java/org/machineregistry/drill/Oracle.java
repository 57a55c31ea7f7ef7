package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.machineregistry.drill.Conditions.Kind;
import org.machineregistry.drill.Spans.Span;
import org.machineregistry.fault.Replica;

/**
 * Knows what one watcher may show of one machine, and when: each state has times in which it is allowed. All bounds of the
 * contract are in these times already, so that whatever is shown outside of them is a lie.
 */
final class Oracle {
    private final Conditions conditions;
    private final Spans outages;
    private final Spans outagesThemselves;
    private final Replica watcher;
    private final List<Fact> facts;
    private final Map<Replica, Spans> unable;
    private final Map<Replica, Spans> excused;

    /** @param watcher the replica that shows it */
    Oracle(MachineLog log, OracleConditions prepared, Replica watcher) {
        this.conditions = prepared.conditions();
        this.outages = prepared.outages();
        this.outagesThemselves = prepared.outagesThemselves();
        this.unable = prepared.unable();
        this.excused = prepared.excused();
        this.watcher = watcher;
        this.facts = log.facts();
    }

    /** What the oracle needs of the conditions, read once for all machines. */
    record OracleConditions(Conditions conditions, Spans outages, Spans outagesThemselves,
            Map<Replica, Spans> unable, Map<Replica, Spans> excused) {
        static OracleConditions of(Conditions conditions, List<Replica> replicas) {
            Map<Replica, Spans> unable = new HashMap<>();
            Map<Replica, Spans> excused = new HashMap<>();
            for (Replica replica : replicas) {
                unable.put(replica, conditions.unable(replica));
                excused.put(replica, unheard(conditions, replica));
            }
            return new OracleConditions(conditions, conditions.outages(), conditions.outagesThemselves(), unable,
                    excused);
        }

        /** Times in which an acknowledged heartbeat may still be lost, or be written late. */
        private static Spans unheard(Conditions conditions, Replica replica) {
            List<Span> spans = new ArrayList<>();
            conditions.itself(replica, Set.of(Kind.DEAD, Kind.FROZEN)).all()
                    .forEach(span -> spans.add(new Span(span.from() - Bounds.WRITTEN, span.until())));
            conditions.itself(replica, Set.of(Kind.CUT, Kind.DOWN, Kind.LOCKED)).all()
                    .forEach(span -> spans.add(new Span(span.from() - Bounds.WRITTEN,
                            span.from() + Bounds.CUT_NOTICED)));
            return Spans.of(spans);
        }
    }

    /** For each state, when it may be shown. */
    Map<State, Spans> allowed() {
        Map<State, Spans> allowed = new EnumMap<>(State.class);
        allowed.put(State.ONLINE, online());
        allowed.put(State.NEVER_CONNECTED, Spans.of(0, shownAfter(nextCertain(-1))));
        allowed.put(State.DISCONNECTED, disconnected());
        allowed.put(State.CONNECTION_LOST, connectionLost());
        allowed.put(State.MISSED_HEARTBEATS, missedHeartbeats());
        allowed.put(State.MISSING, Spans.NONE);
        return allowed;
    }

    // Online: from each sign until what ends it at the latest.

    private Spans online() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (isSign(fact)) {
                spans.add(new Span(fact.begun, Math.min(silenceSeen(fact), endSeen(i))));
            }
        }
        return Spans.of(spans);
    }

    private long silenceSeen(Fact sign) {
        long heard = heardUntil(sign);
        if (heard >= Timeline.NEVER) {
            return Timeline.NEVER;
        }
        long wait = Bounds.TTL + Bounds.SILENCE_SEEN;
        long until = heard + wait;
        for (Span outage : outages.all()) {
            if (outage.from() <= until && heard < outage.until()) {
                until = Math.max(until, Math.min(Timeline.NEVER, outage.until() + wait));
            }
        }
        return until + conditions.slack(heard, until, Bounds.TRIPS);
    }

    /** An answer that came shows when the sign was heard; without one, it may still lie before a replica that stands still. */
    private long heardUntil(Fact sign) {
        if (sign.isAcknowledged() || sign.ended() >= Timeline.NEVER) {
            return sign.ended();
        }
        long until = sign.ended() + Bounds.SHOWN;
        Spans unable = unableTimes(sign.replica);
        return unable.endOfLast(sign.begun, until, until - Bounds.SHOWN) + Bounds.SHOWN
                + conditions.slack(sign.begun, until, Bounds.TRIPS, sign.replica);
    }

    /** When at the latest the machine's goodbye, or its broken socket, is seen that came after this fact. */
    private long endSeen(int index) {
        return facts.subList(index + 1, facts.size()).stream()
                .map(this::endSeen)
                .flatMap(Optional::stream)
                .min(Long::compare)
                .orElse(Timeline.NEVER);
    }

    private Optional<Long> endSeen(Fact end) {
        if (isCertainGoodbye(end)) {
            return Optional.of(end.ended() + Bounds.SHOWN + slack(end, end.ended(), Bounds.SHOWN));
        }
        if (isSeenBreak(end)) {
            return Optional.of(end.begun + Bounds.COMES_BACK + Bounds.LOSS_SEEN
                    + slack(end, end.begun, Bounds.COMES_BACK + Bounds.LOSS_SEEN));
        }
        return Optional.empty();
    }

    /** The answer to a goodbye over HTTP says that it is written; a closed socket says that only of a replica that can write. */
    private boolean isCertainGoodbye(Fact fact) {
        return fact.kind == Fact.Kind.GOODBYE && fact.isAcknowledged()
                && (fact.answer().startsWith("disconnect") || canServe(fact.replica, fact.begun,
                        fact.ended() + Bounds.SHOWN));
    }

    /** Whether the machine closed a socket that was open, because it waited for an answer too long: it broke, for the service. */
    private static boolean isGivenUp(Fact fact) {
        return fact.kind == Fact.Kind.SIGN && fact.answer().equals(AgentSocket.NOT_CONNECTED);
    }

    private boolean isSeenBreak(Fact fact) {
        return fact.kind == Fact.Kind.BREAK
                && canServe(fact.replica, fact.begun, fact.begun + Bounds.COMES_BACK + Bounds.LOSS_SEEN);
    }

    // Offline: from what brings it about at the earliest until the next sign that was certainly heard is seen.

    private Spans disconnected() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).kind == Fact.Kind.GOODBYE) {
                spans.add(new Span(facts.get(i).begun, shownAfter(nextCertain(i))));
            }
        }
        return Spans.of(spans);
    }

    private Spans connectionLost() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.kind == Fact.Kind.BREAK || fact.kind == Fact.Kind.DROP
                    || fact.kind == Fact.Kind.GOODBYE && !isHttp(fact) && !isCertainGoodbye(fact)
                    || isGivenUp(fact)) {
                Optional<Fact> next = nextCertain(i);
                // Who stays away by itself is lost, whatever else happens; who wants to come back must be able to.
                long from = fact.kind == Fact.Kind.DROP
                        ? afterOutages(fact.begun, Bounds.COMES_BACK)
                        : (isGivenUp(fact) ? fact.ended() : fact.begun) + Bounds.COMES_BACK;
                if (next.isEmpty() || from <= next.get().ended()) {
                    spans.add(new Span(from, shownAfter(next)));
                }
            }
        }
        return Spans.of(spans);
    }

    private Spans missedHeartbeats() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).kind == Fact.Kind.SIGN) {
                Fact sign = facts.get(i);
                Optional<Fact> next = nextCertain(i);
                long late = conditions.slack(sign.begun, sign.ended() + Bounds.SHOWN, Bounds.TRIPS, sign.replica);
                long from = (isTrying(i, next) ? afterOutages(sign.begun, Bounds.TTL) : sign.begun + Bounds.TTL) - late;
                if ((next.isEmpty() || from <= next.get().ended()) && !isEndedOtherwise(i, next, from)) {
                    spans.add(new Span(from, shownAfter(next)));
                }
            }
        }
        return Spans.of(spans);
    }

    /** Whether the machine tried to be heard after this sign, and was not. */
    private boolean isTrying(int index, Optional<Fact> next) {
        return next.isPresent() && next.get().begun < facts.get(index).begun + Bounds.TTL
                || facts.subList(index + 1, facts.size()).stream()
                        .takeWhile(fact -> next.isEmpty() || fact != next.get())
                        .anyMatch(fact -> fact.kind == Fact.Kind.SIGN || fact.kind == Fact.Kind.DROP);
    }

    /** Whether it had certainly said goodbye, or lost its socket, before its silence could count. */
    private boolean isEndedOtherwise(int index, Optional<Fact> next, long from) {
        return facts.subList(index + 1, facts.size()).stream()
                .takeWhile(fact -> next.isEmpty() || fact != next.get())
                .map(this::endSeen)
                .flatMap(Optional::stream)
                .anyMatch(end -> end <= from);
    }

    /** What is waited for counts anew from the end of a time in which nobody could be heard. */
    private long afterOutages(long begun, long wait) {
        long from = begun + wait;
        for (Span outage : outagesThemselves.all()) {
            boolean isNoticed = outage.until() - outage.from() > Bounds.BRIDGED;
            if (isNoticed && outage.from() <= from && begun < outage.until()) {
                from = Math.max(from, Math.min(Timeline.NEVER, outage.until() + wait));
            }
        }
        return from;
    }

    private Optional<Fact> nextCertain(int index) {
        return facts.subList(index + 1, facts.size()).stream().filter(this::isCertain).findFirst();
    }

    /** When at the latest it is seen that this sign was heard; never where there is none. */
    private long shownAfter(Optional<Fact> sign) {
        return sign.map(fact -> fact.ended() + Bounds.SHOWN + slack(fact, fact.ended(), Bounds.SHOWN))
                .orElse(Timeline.NEVER);
    }

    private static boolean isSign(Fact fact) {
        return fact.kind == Fact.Kind.SIGN || fact.kind == Fact.Kind.HELD;
    }

    private static boolean isHttp(Fact fact) {
        return fact.answer().startsWith("disconnect");
    }

    /** A sign that was acknowledged by a replica that could still write it. */
    private boolean isCertain(Fact fact) {
        return fact.kind == Fact.Kind.SIGN && fact.isAcknowledged()
                && !excused.get(fact.replica).contains(fact.ended());
    }

    private boolean canServe(Replica replica, long from, long until) {
        return !unableTimes(replica).touches(from, until);
    }

    private Spans unableTimes(Replica replica) {
        return unable.get(replica);
    }

    private long slack(Fact fact, long from, long bound) {
        return conditions.slack(from, from + bound, Bounds.TRIPS, fact.replica, watcher);
    }
}
