package org.machineregistry.feed;

import org.machineregistry.response.SharedBody;

/**
 * The snapshot that a stream waits for.
 *
 * @param hold keeps the list, where it is large, until the answer was given; else null
 */
record SnapshotAnswer(SnapshotRequest request, FeedEvent snapshot, SharedBody.Hold hold) {
    /** @return whether that was all that the stream waited for */
    boolean give() {
        boolean isLast = request.subscription().show(snapshot, request.number());
        if (hold != null) {
            hold.release();
        }
        return isLast;
    }
}
