package org.machineregistry.presence.loop;

import java.util.concurrent.TimeUnit;

/**
 * How the database answers the sweep: how slowly, whether it failed just now, and whether that took so long that machines were not
 * heard meanwhile. Of one thread alone; times are of {@link System#nanoTime()}.
 */
final class Answers {
    // An answer comes each second, and what failed is asked again at once.
    private static final long SHORTEST_OUTAGE = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** How many questions a new connection asks before it can be used, with TLS and a password. */
    private static final int QUESTIONS_TO_CONNECT = 10;
    /** How many judgements may fail in turn where the look after each of them does not. */
    private static final int MOST_FAILED = 2;

    private final FailureTolerance tolerance = new FailureTolerance();
    private long answeredAt;
    private long slowest;
    private long quickest;
    private boolean looks;
    private int failedJudgements;

    Answers(long now) {
        answeredAt = now;
    }

    /** Whether the next question may judge: the one after a failure only looks, since it may wait for as long as the database is away. */
    boolean mayJudge() {
        return !looks;
    }

    /** Whether something failed since the last question that judged. */
    boolean hasFailed() {
        return failedJudgements > 0;
    }

    /** How long the slowest of the last answers took, in nanoseconds. */
    long slowest() {
        return slowest;
    }

    /** A question failed. @return whether the database is to be taken for lost */
    boolean failed(long askedAt, long now) {
        if (!looks) {
            failedJudgements++;
        }
        looks = true;
        return tolerance.failed(now - askedAt) || failedJudgements > MOST_FAILED;
    }

    /**
     * A question was answered.
     *
     * @param judged whether it was one that judges, which shows that all is well
     * @return whether it was away before that for so long that machines may not have been heard, though none was refused
     */
    boolean answered(long askedAt, long now, boolean judged) {
        // The quickest answer tells how far away the database is: slow ones may be those of a database that is in trouble.
        boolean wasAway = looks && now - answeredAt > SHORTEST_OUTAGE + QUESTIONS_TO_CONNECT * quickest;
        tolerance.succeeded();
        if (judged) {
            failedJudgements = 0;
        }
        looks = false;
        answeredAt = now;
        long took = now - askedAt;
        slowest = Math.max(took, slowest / 2);
        quickest = quickest == 0 ? took : Math.min(took, 2 * quickest);
        return wasAway;
    }
}
