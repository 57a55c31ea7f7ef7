package org.machineregistry.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds what is held of bodies that are still coming, in all and for each caller: each may be 64 KiB, an array of
 * machines 1 MiB, and connections are many. Small ones do not count, so that whoever fills the rest keeps nobody from an ordinary request.
 */
@ApplicationScoped
class HeldBodies {
    static final int SMALL = 4 * 1024;
    private static final long MOST = 16 * 1024 * 1024;
    private static final long MOST_OF_ONE = 2 * 1024 * 1024;
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Map<String, Long> byCaller = new ConcurrentHashMap<>();
    private final AtomicLong all = new AtomicLong();

    /** Counts more of a body, unless there is too much already. @return why not */
    Optional<HttpProblem> add(String caller, int bytes) {
        if (byCaller.merge(caller, (long) bytes, Long::sum) > MOST_OF_ONE) {
            removeOf(caller, bytes);
            return Optional
                    .of(Problems.tooManyRequests(RETRY_AFTER_SECONDS, "You send too many large bodies at once."));
        }
        if (all.addAndGet(bytes) > MOST) {
            remove(caller, bytes);
            return Optional.of(Problems.unavailable("Too many large bodies are being sent. Try again shortly."));
        }
        return Optional.empty();
    }

    void remove(String caller, int bytes) {
        all.addAndGet(-bytes);
        removeOf(caller, bytes);
    }

    private void removeOf(String caller, int bytes) {
        byCaller.computeIfPresent(caller, (name, held) -> held == bytes ? null : held - bytes);
    }
}
