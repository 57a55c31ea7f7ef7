package org.machineregistry.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.drill.Fact.Kind;
import org.machineregistry.drill.Oracle.OracleConditions;
import org.machineregistry.fault.DatabaseProxy;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User.Registered;

/** What may be shown of a machine, and when, by what it did. Nothing runs. */
class OracleTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final DatabaseProxy proxy = new DatabaseProxy(1);
    private final Replica a = new Replica(null, proxy, Map.of());
    private final Replica b = new Replica(null, proxy, Map.of());
    private final Conditions conditions = new Conditions(List.of(a, b), new Readiness(List.of(a, b), scheduler));
    private final MachineLog log = new MachineLog(new Registered("id", "token"), "machine");

    @AfterEach
    void end() {
        proxy.close();
        scheduler.shutdownNow();
    }

    @Test
    void a_machine_that_beats_is_never_offline() {
        for (int at = 1_000; at < 60_000; at += 3_000) {
            happen(Kind.SIGN, at, at + 10, true, "heartbeat 200");
        }

        assertThat(allowed(State.ONLINE).contains(30_000)).isTrue();
        assertThat(offline(30_000)).isEmpty();
    }

    @Test
    void a_silent_machine_is_offline_not_before_the_ttl_and_at_most_three_seconds_later() {
        happen(Kind.SIGN, 1_000, 1_010, true, "heartbeat 200");

        assertThat(offline(10_900)).isEmpty();
        assertThat(offline(11_100)).containsExactly(State.MISSED_HEARTBEATS);
        assertThat(allowed(State.ONLINE).contains(13_900)).isTrue();
        assertThat(allowed(State.ONLINE).contains(14_100)).isFalse();
    }

    @Test
    void a_goodbye_is_shown_within_a_second_and_for_its_reason() {
        happen(Kind.SIGN, 1_000, 1_010, true, "heartbeat 200");
        happen(Kind.GOODBYE, 5_000, 5_010, true, "disconnect 204");

        assertThat(allowed(State.ONLINE).contains(6_000)).isTrue();
        assertThat(allowed(State.ONLINE).contains(6_100)).isFalse();
        assertThat(offline(60_000)).containsExactly(State.DISCONNECTED);
    }

    @Test
    void a_heartbeat_that_was_given_up_before_a_goodbye_does_not_excuse_online_after_it() {
        happen(Kind.SIGN, 1_000, 1_010, true, "heartbeat 200");
        happen(Kind.SIGN, 4_000, 6_000, false, "heartbeat none");
        happen(Kind.GOODBYE, 6_100, 6_110, true, "disconnect 204");

        assertThat(allowed(State.ONLINE).contains(7_200)).isFalse();
    }

    @Test
    void a_broken_socket_is_lost_after_five_seconds_and_at_most_one_and_a_half_later() {
        happen(Kind.SIGN, 1_000, 1_010, true, "connected");
        happen(Kind.BREAK, 3_000, 3_000, true, "broken off");

        assertThat(offline(7_900)).isEmpty();
        assertThat(offline(8_100)).containsExactly(State.CONNECTION_LOST);
        assertThat(allowed(State.ONLINE).contains(9_600)).isFalse();
        assertThat(offline(60_000)).containsExactly(State.CONNECTION_LOST);
    }

    @Test
    void a_socket_that_came_back_in_time_is_never_offline() {
        happen(Kind.SIGN, 1_000, 1_010, true, "connected");
        happen(Kind.BREAK, 3_000, 3_000, true, "broken off");
        happen(Kind.SIGN, 5_000, 5_010, true, "connected");
        happen(Kind.SIGN, 8_000, 8_010, true, "pong");

        assertThat(offline(8_100)).isEmpty();
    }

    @Test
    void a_machine_that_comes_back_is_online_within_a_second() {
        happen(Kind.SIGN, 1_000, 1_010, true, "heartbeat 200");
        happen(Kind.SIGN, 30_000, 30_010, true, "connect 200");

        assertThat(offline(30_900)).containsExactly(State.MISSED_HEARTBEATS);
        assertThat(offline(31_100)).isEmpty();
    }

    private void happen(Kind kind, long begun, long ended, boolean acknowledged, String answer) {
        log.begin(kind, a, begun).end(acknowledged, answer, ended);
    }

    private Spans allowed(State state) {
        return allowed().get(state);
    }

    private List<State> offline(long at) {
        return allowed().entrySet().stream()
                .filter(entry -> entry.getKey().isOffline() && entry.getValue().contains(at))
                .map(Map.Entry::getKey).toList();
    }

    private Map<State, Spans> allowed() {
        return new Oracle(log, OracleConditions.of(conditions, List.of(a, b)), b).allowed();
    }
}
