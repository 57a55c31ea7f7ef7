package org.machineregistry.credential;

import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Singleton;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;
import org.machineregistry.limit.AttemptTable;

import io.quarkus.security.AuthenticationFailedException;

/**
 * Stops who guesses: after ten wrong tokens for a machine, whoever comes from that address is refused for that machine until the
 * minute is over, whatever they present. A right secret must not be an exception, or guessing would go on. From other addresses
 * the machine is let in as ever.
 */
@Singleton
class FailureLimit {
    private static final int MOST_A_MINUTE = 10;
    // 640 KiB in all.
    private static final int BUCKETS = 4_096;

    private final AttemptTable failures = new AttemptTable(MOST_A_MINUTE, BUCKETS, System::nanoTime);
    // Nobody can work out which machines share a bucket.
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Audit audit;

    FailureLimit(Audit audit) {
        this.audit = audit;
    }

    /** Whether nobody at all is refused, so that one need not find out who asks. */
    boolean isIdle() {
        return failures.isIdle();
    }

    boolean isReached(String machineId, long network) {
        return failures.secondsToWait(key(machineId, network)) > 0;
    }

    /** The reason why this caller may present no token; null where it may. */
    RuntimeException refusal(String machineId, long network) {
        long seconds = failures.secondsToWait(key(machineId, network));
        if (seconds == 0) {
            return null;
        }
        audit.count(AuditEvent.MACHINE_TOKEN_LIMITED);
        return Problems.tooManyRequests(seconds,
                "Too many wrong tokens for this machine came from your address. Try again in a minute.");
    }

    /** Counts a failure, and says how to answer it: a 401, and where many came at once and were too many, a 429. */
    RuntimeException fail(String machineId, long network) {
        if (!failures.add(key(machineId, network))) {
            RuntimeException refusal = refusal(machineId, network);
            if (refusal != null) {
                return refusal;
            }
        }
        audit.count(AuditEvent.MACHINE_TOKEN_REFUSED);
        return new AuthenticationFailedException();
    }

    private long key(String machineId, long network) {
        long key = seed ^ network;
        for (int i = 0; i < machineId.length(); i++) {
            // FNV-1a, by characters: http://www.isthe.com/chongo/tech/comp/fnv/
            key = (key ^ machineId.charAt(i)) * 0x100000001B3L;
        }
        return key;
    }
}
