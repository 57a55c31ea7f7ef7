package org.machineregistry.ping;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.ChangeListener;
import org.machineregistry.change.Signal;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.User;

/**
 * Asks machines whether they are there. The question goes to every replica; the one that holds the machine's socket says so at once,
 * pings it, and says what came of it. Nothing blocks meanwhile.
 */
@ApplicationScoped
class Pings {
    private static final int HELD_WITHIN_SECONDS = 2;
    private static final int ANSWERED_WITHIN_SECONDS = 5;

    private static final class Waiting {
        private final CompletableFuture<Ping> answer = new CompletableFuture<>();
        private volatile boolean held;
    }

    private final PingSignals signals;
    private final ChangeListener listener;
    private final SecretGenerator random;
    private final Executor workers;
    private final PingsUnderWay underWay = new PingsUnderWay();
    private final ConcurrentMap<String, Waiting> waiting = new ConcurrentHashMap<>();

    Pings(PingSignals signals, ChangeListener listener, SecretGenerator random, Executor workers) {
        this.signals = signals;
        this.listener = listener;
        this.random = random;
        this.workers = workers;
    }

    /** Fails with a problem where no replica holds the machine's socket, or the machine does not answer in time. */
    CompletableFuture<Ping> ask(User user, String machineId) {
        if (!listener.isListening()) {
            // Nobody would hear of the answer.
            throw Problems.unavailable();
        }
        underWay.begin(user);
        String id = random.machineId();
        Waiting ping = new Waiting();
        waiting.put(id, ping);
        CompletableFuture<Ping> ended = ping.answer.whenComplete((answer, failure) -> {
            waiting.remove(id);
            underWay.end(user);
        });
        signals.send(new Signal(PingSignals.ASKED, machineId, id, 0))
                .whenComplete((sent, failure) -> awaitAnswer(ping, failure));
        return ended;
    }

    private void awaitAnswer(Waiting ping, Throwable failure) {
        if (failure != null) {
            ping.answer.completeExceptionally(failure);
            return;
        }
        later(HELD_WITHIN_SECONDS, () -> {
            if (!ping.held) {
                ping.answer.completeExceptionally(Problems.of(409,
                        "The machine has no open socket that could be pinged: it beats over HTTP, or is just coming back."));
            }
        });
        later(ANSWERED_WITHIN_SECONDS, () -> ping.answer.completeExceptionally(Problems.of(504,
                "The machine did not answer within " + ANSWERED_WITHIN_SECONDS + " s.")));
    }

    private void later(int seconds, Runnable work) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, workers).execute(work);
    }

    void hear(@Observes Signal signal) {
        Waiting ping = waiting.get(signal.id());
        if (ping == null) {
            return;
        }
        if (signal.kind().equals(PingSignals.HELD)) {
            ping.held = true;
        } else if (signal.kind().equals(PingSignals.ANSWERED)) {
            ping.held = true;
            ping.answer.completeAsync(() -> new Ping(signal.value()), workers);
        }
    }
}
