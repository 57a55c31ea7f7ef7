package org.machineregistry.feed;

/**
 * A stream waits for a snapshot.
 *
 * @param number of the stream's requests: only the answer to its last one shows all that it was told of before
 */
record SnapshotRequest(Subscription subscription, int number) {}
