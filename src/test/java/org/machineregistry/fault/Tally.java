package org.machineregistry.fault;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts answers by their status, and keeps those that the service should never give. */
final class Tally {
    private static final String PROBLEM = "application/problem+json";

    private final ConcurrentMap<Integer, LongAdder> counts = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> retries = new ConcurrentLinkedQueue<>();
    private final LongAdder unanswered = new LongAdder();

    void count(HttpResponse<String> answer) {
        int status = answer.statusCode();
        counts.computeIfAbsent(status, first -> new LongAdder()).increment();
        if (status == 503) {
            judgeUnavailable(answer);
        } else if (status >= 400) {
            wrong.add(answer.request().uri() + " " + status + " " + answer.body());
        }
    }

    /** @param failure where there is no answer at all: right only where a service was killed */
    void count(HttpResponse<String> answer, Throwable failure) {
        if (failure == null) {
            count(answer);
        } else {
            unanswered.increment();
        }
    }

    /** All that were answered, with whatever. */
    long answered() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Those that were answered with anything but success. */
    long failed() {
        return counts.entrySet().stream().filter(one -> one.getKey() >= 300).mapToLong(one -> one.getValue().sum())
                .sum();
    }

    private void judgeUnavailable(HttpResponse<String> answer) {
        int retryAfter = answer.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0);
        boolean problem = answer.headers().firstValue("Content-Type").filter(type -> type.startsWith(PROBLEM))
                .isPresent();
        if (retryAfter < 1 || retryAfter > 10 || !problem || Api.json(answer.body()).path("status").intValue() != 503) {
            wrong.add(answer.request().uri() + " 503 " + answer.headers().map() + " " + answer.body());
        }
        retries.add(retryAfter);
    }

    long of(int status) {
        return counts.getOrDefault(status, new LongAdder()).sum();
    }

    long unanswered() {
        return unanswered.sum();
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    List<Integer> retries() {
        return List.copyOf(retries);
    }

    @Override
    public String toString() {
        Map<Object, Long> all = new TreeMap<>();
        counts.forEach((status, count) -> all.put(status, count.sum()));
        return all + (unanswered() == 0 ? "" : " unanswered " + unanswered());
    }
}
