package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.awaitility.Awaitility;
import org.machineregistry.fault.Api;

/** Callers who attack nothing: one asks for readiness over a new connection each time, others list and beat. */
final class Others implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ENOUGH = 300;
    // Whoever waits for an answer does not ask meanwhile. So that a long one counts for all that others would have asked for, it is
    // followed by what they would have waited if each had asked after so long.
    private static final long PACE_MILLIS = 50;

    private final AttackedService service;
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::ask, "others");
    private volatile boolean finished;

    Others(AttackedService service) {
        this.service = service;
        thread.start();
    }

    private void ask() {
        while (!finished) {
            measure("readiness", this::ready);
            measure("list", () -> Api.HTTP.send(
                    Api.request(service.replica, "/api/machines", service.person.session).build(),
                    BodyHandlers.discarding()).statusCode());
            measure("heartbeat", () -> Api.HTTP.send(
                    Api.post(service.replica, "/api/agent/heartbeat", service.machine.token(), null),
                    BodyHandlers.discarding()).statusCode());
        }
    }

    private int ready() {
        try (RawConnection connection = new RawConnection(service.replica.port, "127.0.0.1")) {
            return connection.say("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .readStatus();
        }
    }

    private interface Question {
        int status() throws Exception;
    }

    private record Answer(String to, long millis) {}

    private void measure(String what, Question question) {
        long asked = System.nanoTime();
        try {
            int status = question.status();
            if (status != 200) {
                failures.add(what + ": " + status);
            }
        } catch (Exception failure) {
            failures.add(what + ": " + failure);
        }
        for (long left = Duration.ofNanos(System.nanoTime() - asked).toMillis(); left >= 0; left -= PACE_MILLIS) {
            answers.add(new Answer(what, left));
        }
    }

    /** Shows that they were served all the time, and prints how fast. */
    void assertServed(String attack) {
        int before = answers.size();
        Awaitility.await().atMost(PATIENCE).until(() -> answers.size() >= before + ENOUGH);
        List<Long> sorted = sorted("");
        long p99 = p99(sorted);
        System.out.printf("ATTACK %s: others' answers p50 %d ms, p99 %d ms, slowest %d ms, of %d%n", attack,
                sorted.get(sorted.size() / 2), p99, sorted.get(sorted.size() - 1), sorted.size());

        assertThat(failures).isEmpty();
        assertThat(p99).isLessThan(LONGEST.toMillis());
    }

    /** @return of all answers so far to this question, "list" or "heartbeat", the milliseconds that 99 of 100 took at most */
    long p99(String question) {
        return p99(sorted(question));
    }

    private static long p99(List<Long> sorted) {
        return sorted.get(sorted.size() * 99 / 100);
    }

    private List<Long> sorted(String question) {
        return List.copyOf(answers).stream()
                .filter(answer -> answer.to.startsWith(question))
                .map(Answer::millis)
                .sorted()
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        finished = true;
        thread.join();
    }
}
