package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    private static final int OTHERS = 100;
    private static final int REMOVED_AFTER_SECONDS = 20;
    private static final int IN_TIME_SECONDS = AlertSite.AFTER_SECONDS + AlertSite.TTL_SECONDS + 3;
    // On a busy machine the database answers late, and the sweep waits longer for what others heard.
    private static final int LATEST_SECONDS = IN_TIME_SECONDS + 7;
    // A row that is locked would be waited for 5 s, and an answer that is kept back 10 s.
    private static final Duration UNHINDERED = Duration.ofSeconds(3);
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
        receiver.answer();
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
        await(LATEST_SECONDS + 5).until(() -> !receiver.of(machine).isEmpty());

        long took = TimeUnit.NANOSECONDS.toMillis(receiver.of(machine).get(0).at() - lastHeard);
        assertTrue(took <= LATEST_SECONDS * 1_000L, "after " + took + " ms");
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
    void while_a_receiver_keeps_its_answer_back_machines_are_heard_and_changed_at_once() throws Exception {
        User user = User.at(site.a);
        List<Registered> others = user.register(site.a, OTHERS);
        // The first requests of a process are slow for reasons of their own.
        others.forEach(machine -> beatAndRename(user, machine));
        Registered machine = user.register(site.a);
        site.askForAlerts(List.of(machine));
        heartbeat(site.a, machine);
        receiver.holdAnswers();
        await(IN_TIME_SECONDS + 5).until(() -> !receiver.of(machine).isEmpty());

        Duration slowest = beatAndRename(user, machine);
        await(5).until(() -> user.list(site.b).get(machine.machineId()), "online"::equals);
        try (Load beating = new Load(site.a)) {
            new HttpMachine(machine, beating.clock, beating.tally, site.a, site.b).start();
            for (Registered other : others) {
                slowest = Collections.max(List.of(slowest, beatAndRename(user, other)));
            }
            assertEquals(1, site.database.count("select count(*) from machine where alert_pending like 'down %'"
                    + " and machine_id = '" + machine.machineId() + "'"), "messages that are still under way");
            receiver.answer();
            await(20).until(() -> receiver.told(machine).contains("back"));
        }

        assertTrue(slowest.compareTo(UNHINDERED) < 0, "the slowest took " + slowest);
        assertEquals(2, receiver.of(machine).stream().map(AlertReceiver.Message::id).distinct().count());
        Figures.print("a heartbeat or change while a message is under way", "%d ms at most", slowest.toMillis());
    }

    /** @return how long the slower one took */
    private static Duration beatAndRename(User user, Registered machine) {
        long began = System.nanoTime();
        heartbeat(site.a, machine);
        long heard = System.nanoTime();
        assertEquals(200, Api.send(Api.request(site.b, "/api/machines/" + machine.machineId(), user.session)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"name\":\"renamed\"}")).build()).statusCode());
        return Duration.ofNanos(Math.max(heard - began, System.nanoTime() - heard));
    }

    @Test
    void those_that_beat_together_and_stop_are_told_of_in_one_message() throws Exception {
        List<Registered> crowd = User.at(site.a).register(site.a, CROWD);
        site.askForAlerts(crowd);
        await(60).until(() -> areHeardAtOnce(crowd));

        await(LATEST_SECONDS + 10).until(() -> !receiver.of(crowd.get(0)).isEmpty());

        AlertReceiver.Message message = receiver.of(crowd.get(0)).get(0);
        assertEquals(CROWD, message.machines().size());
        Awaitility.await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4))
                .until(() -> crowd.stream().allMatch(machine -> receiver.of(machine).size() == 1));
    }

    @Test
    void those_that_go_silent_together_are_told_of_in_one_message() throws Exception {
        User user = User.at(site.a);
        List<Registered> crowd = user.register(site.a, CROWD);
        site.askForAlerts(crowd);
        await(60).until(() -> {
            beatTogether(crowd);
            return site.database.count(
                    "select count(*) from machine where alert_after_seconds is not null and status = 'online'") == CROWD;
        });
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

        await(REMOVED_AFTER_SECONDS + 25).until(() -> !user.list(site.b).containsKey(machine.machineId()));
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

    /** Has all of them heard once more, as if in one moment. @return whether all of them are online */
    private static boolean areHeardAtOnce(List<Registered> crowd) throws SQLException {
        long before = site.database.count("select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
        beatTogether(crowd);
        await(30).until(() -> site.database.count("select count(*) from machine where alert_after_seconds is not null"
                + " and last_heartbeat > to_timestamp(" + before + " / 1000000.0)") == crowd.size());
        try (Connection connection = site.database.connect(); Statement statement = connection.createStatement()) {
            // However long their requests took here: who is due waits for 1.25 s for others, and no longer.
            return statement.executeUpdate("update machine set heard_micros = (select max(heard_micros) from machine"
                    + " where alert_after_seconds is not null) where alert_after_seconds is not null"
                    + " and status = 'online'") == crowd.size();
        }
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
