package org.machineregistry.drill;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

import org.machineregistry.drill.Fact.Kind;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.Replica;

/** A machine that beats over HTTP. */
final class HttpAgent extends Agent {
    private static final int GOODBYES = 4;

    HttpAgent(MachineLog log, List<Replica> replicas, ScheduledExecutorService scheduler, long patience) {
        super(log, replicas, scheduler, patience);
    }

    /** Connects, and beats for a while. */
    CompletableFuture<Void> present(long millis) {
        return present("connect", Timeline.now() + millis);
    }

    private CompletableFuture<Void> present(String call, long until) {
        if (isFinished() || Timeline.now() >= until) {
            return CompletableFuture.completedFuture(null);
        }
        Replica replica = replica();
        Fact fact = log.begin(Kind.SIGN, replica);
        return send(replica, call).thenCompose(answer -> {
            boolean heard = answer.status == 200;
            fact.end(heard, answer.text);
            if (heard) {
                served();
            } else {
                turnAway();
            }
            long spent = Timeline.now() - fact.begun;
            return pause(heard ? Math.max(0, Bounds.HEARTBEAT - spent) : backOff(answer.retryAfter))
                    .thenCompose(paused -> present(heard ? "heartbeat" : call, until));
        });
    }

    /** Says one heartbeat to a replica, and does not repeat it. */
    CompletableFuture<Boolean> beat(Replica replica) {
        Fact fact = log.begin(Kind.SIGN, replica);
        return send(replica, "heartbeat").thenApply(answer -> {
            fact.end(answer.status == 200, answer.text);
            return answer.status == 200;
        });
    }

    /** Says goodbye, until that is acknowledged, or often enough. */
    CompletableFuture<Void> leave() {
        return isFinished()
                ? CompletableFuture.completedFuture(null)
                : leave(log.begin(Kind.GOODBYE, replica()), GOODBYES);
    }

    private CompletableFuture<Void> leave(Fact goodbye, int left) {
        return send(replica(), "disconnect").thenCompose(answer -> {
            if (answer.status == 204 || left == 1) {
                goodbye.end(answer.status == 204, answer.text);
                return CompletableFuture.completedFuture(null);
            }
            turnAway();
            return pause(backOff(answer.retryAfter)).thenCompose(paused -> leave(goodbye, left - 1));
        });
    }

    /** @param status 0 where there was no answer */
    private record Answer(int status, int retryAfter, String text) {}

    private CompletableFuture<Answer> send(Replica replica, String call) {
        return Api.HTTP.sendAsync(Api.request(replica, "/api/agent/" + call, log.machine.token())
                .timeout(Duration.ofMillis(patience))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build(), BodyHandlers.ofString())
                .handle((answer, failure) -> failure == null
                        ? answered(call, answer)
                        : new Answer(0, 0, call + " " + failure));
    }

    private static Answer answered(String call, HttpResponse<String> answer) {
        int retryAfter = answer.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0);
        return new Answer(answer.statusCode(), retryAfter, call + " " + answer.statusCode());
    }
}
