package org.machineregistry.fault;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.machineregistry.fault.User.Registered;

/** A machine that beats over HTTP, each second; refused, it goes to the next replica, as through a load balancer. */
final class HttpMachine implements AutoCloseable {
    private static final int BEATS_EVERY_MILLIS = 1_000;

    final Registered machine;
    private final List<Replica> replicas;
    private final ScheduledExecutorService clock;
    private final Tally tally;
    private volatile boolean finished;
    private int turn;

    HttpMachine(Registered machine, ScheduledExecutorService clock, Tally tally, Replica... replicas) {
        this.machine = machine;
        this.clock = clock;
        this.tally = tally;
        this.replicas = List.of(replicas);
    }

    HttpMachine start() {
        beat();
        return this;
    }

    private void beat() {
        if (!finished) {
            Replica replica = replicas.get(turn % replicas.size());
            Api.HTTP.sendAsync(Api.post(replica, "/api/agent/heartbeat", machine.token(), null),
                    BodyHandlers.ofString())
                    .whenComplete(this::answered);
        }
    }

    private void answered(HttpResponse<String> answer, Throwable failure) {
        if (failure == null) {
            tally.count(answer);
        } else {
            tally.countUnanswered();
        }
        boolean heard = failure == null && answer.statusCode() == 200;
        if (!heard) {
            turn++;
        }
        long pause = heard ? BEATS_EVERY_MILLIS : 200 + ThreadLocalRandom.current().nextInt(400);
        clock.schedule(this::beat, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        finished = true;
    }
}
