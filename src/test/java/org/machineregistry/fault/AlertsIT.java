package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** Two replicas that tell a real receiver who went down, while one thing after another breaks. */
class AlertsIT {
    private static final int CROWD = 500;
    private static final int ONLINE = 100;
    private static final int REMOVED_AFTER_SECONDS = 20;
    private static final int IN_TIME_SECONDS = AlertSite.AFTER_SECONDS + AlertSite.TTL_SECONDS + 3;
    // The lease of a replica that was killed has ended by then, and a machine has had its ttl to come back.
    private static final Duration TAKEN_OVER = Duration.ofSeconds(40);

    private static AlertReceiver receiver;
    private static AlertSite site;

    @BeforeAll
    static void start() throws IOException {
        receiver = new AlertReceiver();
        site = new AlertSite(AlertSite.sendingTo(receiver.url()));
    }

    @BeforeEach
    void everything_runs() {
        site.start(site.a, site.b);
    }

    @AfterEach
    void what_this_test_leaves_behind_is_told_to_nobody() throws SQLException {
        try (Connection connection = site.database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("update machine set alert_after_seconds = null where alert_after_seconds is not null");
        }
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        site.close();
        receiver.close();
    }

    @Test
    void a_machine_that_goes_silent_is_told_of_once_by_two_replicas_and_once_when_it_is_back() throws Exception {
        Registered machine = online(site.a, 1).get(0);
        long lastHeard = System.nanoTime();
        await(IN_TIME_SECONDS + 5).until(() -> !receiver.of(machine).isEmpty());

        long took = TimeUnit.NANOSECONDS.toMillis(receiver.of(machine).get(0).at() - lastHeard);
        assertTrue(took <= IN_TIME_SECONDS * 1_000L, "after " + took + " ms");
        assertTrue(took >= (AlertSite.AFTER_SECONDS + AlertSite.TTL_SECONDS) * 1_000L - 200, "after " + took + " ms");
        assertEquals(List.of("missed_heartbeats"), receiver.told(machine));

        heartbeat(site.b, machine);
        await(5).until(() -> receiver.of(machine).size() > 1);
        heartbeat(site.b, machine);
        assertStays(List.of("missed_heartbeats", "back"), machine);
        Figures.print("a silent machine is told of", "%d ms after its last heartbeat", took);
    }

    @Test
    void five_flaps_within_the_time_are_told_to_nobody() throws Exception {
        Registered machine = online(site.a, 1).get(0);
        for (int i = 0; i < 5; i++) {
            assertEquals(204, Api.agent(site.a, "disconnect", machine.token()).statusCode());
            heartbeat(site.b, machine);
        }
        try (Load beating = new Load(site.a)) {
            new HttpMachine(machine, beating.clock, beating.tally, site.a, site.b).start();
            Awaitility.await().during(Duration.ofSeconds(AlertSite.AFTER_SECONDS + 2))
                    .atMost(Duration.ofSeconds(AlertSite.AFTER_SECONDS + 4))
                    .until(() -> receiver.of(machine).isEmpty());
        }
    }

    @Test
    void a_message_of_a_replica_that_is_killed_before_it_commits_is_sent_again_with_its_id() throws Exception {
        Registered machine = online(site.a, 1).get(0);
        site.b.terminate();
        receiver.holdAnswers();
        await(IN_TIME_SECONDS + 5).until(() -> !receiver.of(machine).isEmpty());

        site.a.kill();
        receiver.answer();
        site.start(site.b);
        await(TAKEN_OVER.toSeconds()).until(() -> receiver.of(machine).size() > 1);

        List<AlertReceiver.Message> messages = receiver.of(machine);
        assertEquals(messages.get(0).id(), messages.get(1).id());
        assertEquals(messages.get(0).of(machine.machineId()).get("id"),
                messages.get(1).of(machine.machineId()).get("id"));
        assertStays(List.of("missed_heartbeats", "missed_heartbeats"), machine);
    }

    @Test
    void a_receiver_that_is_away_is_told_when_it_is_back() throws Exception {
        receiver.goAway();
        Registered machine = online(site.a, 1).get(0);
        await(IN_TIME_SECONDS + 5).until(() -> logs("Alerts do not arrive at ") > 0);
        await(10).until(() -> site.database.count("select failures from alert_sender") >= 2);

        receiver.comeBack();
        await(20).until(() -> !receiver.of(machine).isEmpty());

        assertStays(List.of("missed_heartbeats"), machine);
        await(5).until(() -> logs("Alerts arrive at ") > 0);
    }

    @Test
    void those_that_go_silent_together_are_told_of_in_one_message() throws Exception {
        User user = User.at(site.a);
        List<Registered> crowd = user.register(site.a, CROWD);
        beatTogether(crowd);
        site.askForAlerts(crowd);
        await(10).until(() -> site.database.count(
                "select count(*) from machine where alert_after_seconds is not null and status = 'online'") == CROWD);
        // They fall silent while nobody hears them, so that all are found silent in the same moment.
        site.a.kill();
        site.b.kill();
        site.start(site.a, site.b);

        await(IN_TIME_SECONDS + 30).until(() -> !receiver.of(crowd.get(0)).isEmpty());

        AlertReceiver.Message message = receiver.of(crowd.get(0)).get(0);
        assertEquals(CROWD, message.machines().size());
        crowd.forEach(machine -> assertEquals(1, receiver.of(machine).size()));
    }

    @Test
    void a_restart_of_service_and_database_is_told_to_nobody() throws Exception {
        try (Load load = new Load(site.a)) {
            load.beat(ONLINE, site.a, site.b).watch(site.a).awaitOnline();
            site.askForAlerts(load.machines);
            Registered late = load.user.register(site.a);
            heartbeat(site.a, late);
            site.askForAlerts(List.of(late));
            assertEquals(204, Api.agent(site.a, "disconnect", late.token()).statusCode());

            site.a.kill();
            site.b.kill();
            site.database.kill();
            site.database.start();
            site.start(site.a, site.b);
            new HttpMachine(late, load.clock, load.tally, site.a, site.b).start();

            Awaitility.await().during(Duration.ofSeconds(IN_TIME_SECONDS))
                    .atMost(Duration.ofSeconds(IN_TIME_SECONDS + 3))
                    .until(() -> receiver.of(late).isEmpty()
                            && load.machines.stream().allMatch(machine -> receiver.of(machine).isEmpty()));
            assertEquals("online", load.user.list(site.a).get(late.machineId()));
        }
    }

    @Test
    void a_machine_that_stays_away_is_told_of_once_before_two_replicas_remove_it() throws Exception {
        User user = User.at(site.a);
        Registered machine = user.register(site.a);
        site.removeAfter(machine, REMOVED_AFTER_SECONDS);
        heartbeat(site.b, machine);

        await(AlertSite.TTL_SECONDS + REMOVED_AFTER_SECONDS).until(() -> !receiver.of(machine).isEmpty());
        assertTrue(user.list(site.a).containsKey(machine.machineId()));
        JsonNode told = receiver.of(machine).get(0).of(machine.machineId());
        assertEquals("missed_heartbeats", told.get("offlineReason").textValue());
        assertTrue(told.get("removedAt").isNumber());

        await(REMOVED_AFTER_SECONDS + 10).until(() -> !user.list(site.b).containsKey(machine.machineId()));
        await(2).until(() -> Api.agent(site.a, "heartbeat", machine.token()).statusCode() == 401
                && Api.agent(site.b, "heartbeat", machine.token()).statusCode() == 401);
        assertStays(List.of("missed_heartbeats"), machine);
        assertEquals(1, logs("machine_expired machine=" + machine.machineId()));
    }

    private static ConditionFactory await(long seconds) {
        return Awaitility.await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(20));
    }

    private static List<Registered> online(Replica replica, int count) throws Exception {
        List<Registered> machines = User.at(replica).register(replica, count);
        site.askForAlerts(machines);
        machines.forEach(machine -> heartbeat(replica, machine));
        return machines;
    }

    private static void heartbeat(Replica replica, Registered machine) {
        assertEquals(200, Api.agent(replica, "heartbeat", machine.token()).statusCode());
    }

    private static void beatTogether(List<Registered> machines) {
        List<CompletableFuture<?>> beats = new ArrayList<>();
        for (Registered machine : machines) {
            Replica replica = beats.size() % 2 == 0 ? site.a : site.b;
            beats.add(Api.HTTP.sendAsync(Api.post(replica, "/api/agent/heartbeat", machine.token(), null),
                    BodyHandlers.discarding()));
        }
        CompletableFuture.allOf(beats.toArray(CompletableFuture[]::new)).join();
    }

    private static void assertStays(List<String> told, Registered machine) {
        Awaitility.await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4))
                .until(() -> receiver.told(machine), told::equals);
    }

    private static long logs(String text) {
        return List.of(site.a, site.b).stream()
                .flatMap(replica -> replica.output().lines())
                .filter(line -> line.contains(text)).count();
    }
}
