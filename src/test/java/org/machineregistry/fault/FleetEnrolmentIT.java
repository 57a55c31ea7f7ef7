package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

/** Many machines with one enrolment key, at two replicas at once. */
@ExtendWith(Site.Extension.class)
class FleetEnrolmentIT {
    private static final int FLEET = 1_000;
    private static final int KEY_SECONDS = 3;
    private static final int ARRIVING_SECONDS = 5;
    private static final int BUSY = 503;

    private final String fleet = "fleet-" + Long.toHexString(System.nanoTime());
    private Site site;
    private User owner;

    @BeforeEach
    void somebody_signs_in(Site running) {
        site = running;
        owner = User.at(site.a);
    }

    @Test
    void who_comes_before_the_key_expires_is_there_once_and_online_and_who_comes_after_it_is_not() {
        JsonNode key = key("\"expiresInSeconds\":" + KEY_SECONDS);
        List<CompletableFuture<Integer>> agents = new ArrayList<>();
        for (int i = 0; i < FLEET; i++) {
            String id = id(i);
            Executor arrival = CompletableFuture.delayedExecutor(i * ARRIVING_SECONDS * 1_000L / FLEET,
                    TimeUnit.MILLISECONDS);
            // At both replicas: what is asked twice makes no twin.
            CompletableFuture<Integer> twice = CompletableFuture
                    .supplyAsync(() -> enrol(site.b, key, id, secret(id)), arrival)
                    .thenCompose(Function.identity());
            agents.add(CompletableFuture.supplyAsync(() -> enrol(site.a, key, id, secret(id)), arrival)
                    .thenCompose(Function.identity())
                    .thenCombine(twice, Math::min)
                    .thenCompose(status -> status == 401 ? CompletableFuture.completedFuture(status) : beat(id)));
        }

        Map<Integer, Set<String>> came = new TreeMap<>();
        for (int i = 0; i < FLEET; i++) {
            came.computeIfAbsent(agents.get(i).join(), status -> new TreeSet<>()).add(id(i));
        }

        assertEquals(Set.of(200, 401), came.keySet());
        // As agents do, however long the others took.
        came.get(200).stream().map(this::beat).toList().forEach(CompletableFuture::join);
        Awaitility.await().atMost(Api.PATIENCE).untilAsserted(() -> assertEquals(
                came.get(200).stream().collect(Collectors.toMap(Function.identity(), id -> "online")),
                new TreeMap<>(owner.list(site.b))));
        Figures.print("a fleet of " + FLEET + " with one key that expires", "%d in time and online, %d refused",
                came.get(200).size(), came.get(401).size());
    }

    @Test
    void of_two_hosts_with_one_id_one_is_registered() {
        JsonNode key = key("\"expiresInSeconds\":60");
        for (int i = 0; i < 50; i++) {
            String id = id(i);
            CompletableFuture<Integer> one = enrol(site.a, key, id, secret(id + "one"));
            CompletableFuture<Integer> other = enrol(site.b, key, id, secret(id + "other"));

            assertEquals(Set.of(201, 409), Set.of(one.join(), other.join()));
        }
    }

    @Test
    void a_crowd_gets_no_more_than_the_uses_of_its_key_and_keeps_nobody_else_waiting() {
        int uses = FLEET / 2;
        JsonNode key = key("\"expiresInSeconds\":60,\"uses\":" + uses);
        User.Registered bystander = User.at(site.a).register(site.a);

        List<CompletableFuture<Integer>> crowd = IntStream.range(0, FLEET)
                .mapToObj(i -> enrol(i % 2 == 0 ? site.a : site.b, key, id(i), secret(id(i))))
                .toList();
        long slowest = 0;
        while (crowd.stream().anyMatch(answer -> !answer.isDone())) {
            long asked = System.nanoTime();
            assertEquals(200, Api.agent(site.a, "heartbeat", bystander.token()).statusCode());
            slowest = Math.max(slowest, Figures.millisSince(asked));
        }

        Map<Integer, Long> answers = crowd.stream()
                .collect(Collectors.groupingBy(CompletableFuture::join, Collectors.counting()));
        assertEquals(Map.of(201, (long) uses, 401, (long) FLEET - uses), answers);
        assertEquals(uses, owner.list(site.b).size());
        Figures.print("a crowd of " + FLEET + " with one key of " + uses + " uses",
                "another's slowest heartbeat took %d ms", slowest);
    }

    private JsonNode key(String rest) {
        HttpResponse<String> answer = Api
                .send(Api.post(site.a, "/api/enrolment-keys", owner.session, "{\"name\":\"fleet\"," + rest + "}"));
        assertEquals(201, answer.statusCode(), answer.body());
        return Api.json(answer.body());
    }

    /** As an agent does: again while the service is busy. @return the status of the answer */
    private static CompletableFuture<Integer> enrol(Replica replica, JsonNode key, String id, String secret) {
        return Api.HTTP.sendAsync(Api.post(replica, "/api/agent/enrol", key.get("key").textValue(),
                "{\"machineId\":\"" + id + "\",\"secret\":\"" + secret + "\",\"hostname\":\"" + id + "\"}"),
                BodyHandlers.ofString())
                .thenCompose(answer -> answer.statusCode() == BUSY
                        ? CompletableFuture.supplyAsync(() -> enrol(replica, key, id, secret),
                                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                                .thenCompose(Function.identity())
                        : CompletableFuture.completedFuture(answer.statusCode()));
    }

    private CompletableFuture<Integer> beat(String id) {
        return Api.HTTP
                .sendAsync(Api.post(site.b, "/api/agent/heartbeat", id + ':' + secret(id), null),
                        BodyHandlers.ofString())
                .thenCompose(answer -> answer.statusCode() == BUSY
                        ? CompletableFuture.supplyAsync(() -> beat(id),
                                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                                .thenCompose(Function.identity())
                        : CompletableFuture.completedFuture(answer.statusCode()));
    }

    private String id(int number) {
        return String.format("%s-%04d", fleet, number);
    }

    private static String secret(String id) {
        return "secret-of-the-machine-" + id;
    }
}
