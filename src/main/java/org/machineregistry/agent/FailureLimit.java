package org.machineregistry.agent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.problem.Problems;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.quarkus.security.AuthenticationFailedException;

/** Slows down who guesses: by machine and address, so that a machine's own address is not shut out by somebody else. */
@ApplicationScoped
class FailureLimit {
    private static final int MOST_A_MINUTE = 10;
    private static final int RETRY_AFTER_SECONDS = 60;
    private static final int MOST_REMEMBERED = 100_000;

    private record Guess(String machineId, String address) {}

    private final Cache<Guess, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(Duration.ofSeconds(RETRY_AFTER_SECONDS))
            .build();

    /** Counts a failure, and says how to answer it: a 401, and after too many a 429. */
    RuntimeException fail(String machineId, String address) {
        int count = failures.get(new Guess(machineId, address), first -> new AtomicInteger()).incrementAndGet();
        return count > MOST_A_MINUTE
                ? Problems.tooManyRequests(RETRY_AFTER_SECONDS, "Too many wrong tokens. Try again in a minute.")
                : new AuthenticationFailedException();
    }
}
