package org.machineregistry.presence.clock;

/** The pauses of a replica, in a time that the test makes: in nanoseconds. */
public final class ModelPauses {
    private final PauseDetector detector;

    public ModelPauses(long now) {
        detector = new PauseDetector(now);
    }

    public void tick(long now) {
        detector.tick(now);
    }

    public boolean isWaking(long now) {
        return detector.isWaking(now);
    }

    public long sentAtEarliest(long readAt) {
        return detector.sentAtEarliest(readAt);
    }

    public long longPauseEndedAt() {
        return detector.longPauseEndedAt();
    }
}
