package org.machineregistry.fault;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.machineregistry.fault.User.Registered;

/** A machine that beats over HTTP, each second where nothing else is said; refused, it goes to the next replica, as through a load balancer. */
final class HttpMachine implements AutoCloseable {
    final Registered machine;
    private final List<Endpoint> replicas;
    private final ScheduledExecutorService clock;
    private final Tally tally;
    private volatile boolean finished;
    private int turn;
    private int everyMillis = 1_000;

    HttpMachine(Registered machine, ScheduledExecutorService clock, Tally tally, Endpoint... replicas) {
        this.machine = machine;
        this.clock = clock;
        this.tally = tally;
        this.replicas = List.of(replicas);
    }

    HttpMachine every(int millis) {
        everyMillis = millis;
        return this;
    }

    HttpMachine start() {
        beat();
        return this;
    }

    private void beat() {
        if (!finished) {
            Endpoint replica = replicas.get(turn % replicas.size());
            Api.HTTP.sendAsync(Api.post(replica, "/api/agent/heartbeat", machine.token(), null),
                    BodyHandlers.ofString())
                    .whenComplete(this::answered);
        }
    }

    private void answered(HttpResponse<String> answer, Throwable failure) {
        tally.count(answer, failure);
        boolean heard = failure == null && answer.statusCode() == 200;
        if (!heard) {
            turn++;
        }
        long pause = heard ? everyMillis : 200 + ThreadLocalRandom.current().nextInt(400);
        clock.schedule(this::beat, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        finished = true;
    }
}
