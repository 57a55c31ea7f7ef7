package org.machineregistry.feed;

/** Where a stream's events go. */
interface FeedOutput {
    /** Never blocks. A list of it is held by the caller until this returns. */
    void send(FeedEvent event);

    /** Refuses the stream, before any event. */
    void refuse(Throwable failure);

    /** Ends the stream, when all is read that was sent. */
    void end();
}
