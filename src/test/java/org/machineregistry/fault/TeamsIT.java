package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.machineregistry.attack.SignedJwt;
import org.machineregistry.fault.User.Registered;

/** What people of a team do at one replica, and what the other one shows and lets in. */
@ExtendWith(Site.Extension.class)
class TeamsIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop_the_clock() {
        clock.shutdownNow();
    }

    @Test
    void a_hand_over_is_told_to_both_owners_at_the_other_replica_and_leaves_the_socket_open(Site site) {
        User admin = person(site, "ada", "ops:admin");
        User viewer = person(site, "bob", "ops:viewer");
        Registered machine = admin.register(site.a);
        try (SocketMachine socket = new SocketMachine(machine, clock, site.b).open();
                LiveList mine = new LiveList(site.b, admin);
                LiveList ours = new LiveList(site.b, viewer, "?owner=team:ops")) {
            mine.awaitState("online", Api.PATIENCE, List.of(machine));

            long handedOver = System.nanoTime();
            assertEquals(200, change(site.a, admin, machine, "{\"owner\":\"team:ops\"}").statusCode());
            ours.awaitState("online", Api.PATIENCE, List.of(machine));
            mine.awaitState("removed", Api.PATIENCE, List.of(machine));
            long told = Figures.millisSince(handedOver);

            // What is changed next is told to the new owner alone, and the old one may do nothing any more.
            assertEquals(200, change(site.b, admin, machine, "{\"name\":\"renamed\"}").statusCode());
            Awaitility.await().atMost(Api.PATIENCE).until(() -> ours.seen(machine.machineId()).size() == 2);
            assertEquals(1,
                    mine.seen(machine.machineId()).stream().filter(seen -> seen.type().equals("removed")).count());
            assertEquals("removed", mine.state(machine));
            assertEquals(List.of(), socket.closings());
            assertEquals(200, Api.agent(site.a, "heartbeat", machine.token()).statusCode());
            Figures.print("handed over", "told to both owners at the other replica after %d ms", told);
        }
    }

    @Test
    void a_revoked_api_token_is_refused_at_the_other_replica_within_a_second_and_its_stream_ends(Site site) {
        User person = person(site, "carol", "ops:viewer");
        HttpResponse<String> made = Api.send(Api.post(site.a, "/api/tokens", person.session,
                "{\"name\":\"script\",\"scope\":\"read\",\"expiresInSeconds\":600}"));
        assertEquals(201, made.statusCode(), made.body());
        User program = User.with(Api.json(made.body()).get("token").textValue());
        String path = "/api/tokens/" + Api.json(made.body()).get("tokenId").textValue();
        User other = person(site, "dave");
        assertEquals(204, delete(site.b, path, other));
        try (LiveList list = new LiveList(site.b, program, "?owner=team:ops")) {
            assertEquals(200, current(site.b, program));
            assertEquals(0, list.closed());

            long revoked = System.nanoTime();
            assertEquals(204, delete(site.a, path, person));
            Awaitility.await().atMost(AT_ONCE).pollInterval(Duration.ofMillis(10))
                    .until(() -> current(site.b, program) == 401);
            Awaitility.await().atMost(AT_ONCE).until(() -> list.closed() > 0);

            assertEquals(401, current(site.a, program));
            assertEquals(200, current(site.b, person));
            Figures.print("revoked an API token", "refused, and its stream ended, after %d ms",
                    Figures.millisSince(revoked));
        }
    }

    @Test
    void an_administrator_who_is_to_go_is_refused_at_the_other_replica_within_a_second_and_their_stream_ends(
            Site site) {
        User removed = person(site, "eve", "administrators");
        User administrator = person(site, "frank", "administrators");
        String path = "/api/sessions?userId=" + id(site.a, removed);
        assertEquals(403, delete(site.a, path, person(site, "grace", "ops:admin")));
        try (LiveList list = new LiveList(site.b, removed, "?owner=all")) {
            assertEquals(200, current(site.b, removed));

            long ended = System.nanoTime();
            assertEquals(204, delete(site.a, path, administrator));
            Awaitility.await().atMost(AT_ONCE).pollInterval(Duration.ofMillis(10))
                    .until(() -> current(site.b, removed) == 401);
            Awaitility.await().atMost(AT_ONCE).until(() -> list.closed() > 0);

            assertEquals(401, current(site.a, removed));
            assertEquals(200, current(site.b, administrator));
            Figures.print("removed an administrator", "refused, and their stream ended, after %d ms",
                    Figures.millisSince(ended));
        }
    }

    private static String id(Replica replica, User user) {
        return Api.json(Api.send(Api.request(replica, "/api/sessions/current", user.session).build()).body())
                .get("userId").textValue();
    }

    private static User person(Site site, String name, String... teams) {
        String id = name + "-" + System.nanoTime();
        String claimed = teams.length == 0 ? "[]" : "[\"" + String.join("\",\"", teams) + "\"]";
        long now = System.currentTimeMillis() / 1_000;
        return User.with(SignedJwt.of(Map.of("iss", "\"machine-registry\"", "sub", "\"" + id + "\"",
                "aud", "\"urn:machine-registry:session\"", "jti", "\"" + id + "\"", "teams", claimed,
                "iat", String.valueOf(now), "exp", String.valueOf(now + 600)), site.database.settings(0)));
    }

    private static HttpResponse<String> change(Replica replica, User user, Registered machine, String body) {
        return Api.send(Api.request(replica, "/api/machines/" + machine.machineId(), user.session)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)).build());
    }

    private static int delete(Replica replica, String path, User user) {
        return Api.send(Api.request(replica, path, user.session).DELETE().build()).statusCode();
    }

    private static int current(Replica replica, User user) {
        return Api.send(Api.request(replica, "/api/sessions/current", user.session).build()).statusCode();
    }
}
