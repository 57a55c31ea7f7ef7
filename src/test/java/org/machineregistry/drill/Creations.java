package org.machineregistry.drill;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.machineregistry.fault.Api;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** Registers machines at both replicas all the time, and knows which of them were acknowledged. */
final class Creations {
    private static final long PAUSE_MILLIS = 100;
    private static final String NEW_MACHINE = "{\"name\":\"created\"}";

    private record Created(Replica replica, long asked, String machineId) {}

    private final List<Replica> replicas;
    private final ScheduledExecutorService scheduler;
    private final User user;
    private final Queue<Created> created = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean finished;

    Creations(List<Replica> replicas, ScheduledExecutorService scheduler) {
        this.replicas = replicas;
        this.scheduler = scheduler;
        this.user = User.at(replicas.get(0));
    }

    void start() {
        replicas.forEach(this::create);
    }

    void stop() {
        finished = true;
    }

    int count() {
        return created.size();
    }

    /** Answers that are neither a creation nor a request to come back. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** When each replica had created something that it was asked for after this time; never where one did not. */
    long createdEverywhereAfter(long time) {
        return replicas.stream().mapToLong(replica -> created.stream()
                .filter(one -> one.replica == replica && one.asked >= time)
                .mapToLong(Created::asked).min().orElse(Timeline.NEVER)).max().orElse(Timeline.NEVER);
    }

    /** What was acknowledged, and is not in a replica's list. */
    Set<String> lost() {
        return replicas.stream().flatMap(replica -> {
            Set<String> listed = listed(replica);
            return created.stream().map(Created::machineId).filter(machineId -> !listed.contains(machineId));
        }).collect(Collectors.toSet());
    }

    private Set<String> listed(Replica replica) {
        HttpResponse<String> answer = Api.send(Api.request(replica, "/api/machines", user.session).build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no list at the end: " + answer.statusCode() + " " + answer.body());
        }
        Set<String> listed = new HashSet<>();
        for (JsonNode entry : Api.json(answer.body())) {
            listed.add(entry.get("machineId").textValue());
        }
        return listed;
    }

    private void create(Replica replica) {
        if (finished) {
            return;
        }
        long asked = Timeline.now();
        Api.HTTP.sendAsync(Api.request(replica, "/api/machines", user.session)
                .timeout(Duration.ofMillis(Bounds.CLIENT_TIMEOUT))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(NEW_MACHINE)).build(), BodyHandlers.ofString())
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        answered(replica, asked, answer);
                    }
                    scheduler.schedule(() -> create(replica), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                });
    }

    private void answered(Replica replica, long asked, HttpResponse<String> answer) {
        if (answer.statusCode() == 201) {
            created.add(new Created(replica, asked, Registered.of(answer.body()).machineId()));
        } else if (answer.statusCode() != 503) {
            wrong.add("creation " + answer.statusCode() + " " + answer.body());
        }
    }
}
