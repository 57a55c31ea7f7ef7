package org.machineregistry.drill;

/** What the contract promises, in milliseconds, and what the harness adds to it. */
final class Bounds {
    static final long HEARTBEAT = 3_000;
    static final long TTL = 10_000;

    /** What is acknowledged is seen within that. */
    static final long SHOWN = 1_000;
    /** Silence is seen at most that much after the ttl. */
    static final long SILENCE_SEEN = 3_000;
    /** A broken socket has so long to come back. */
    static final long COMES_BACK = 5_000;
    /** That it did not is seen at most that much later. */
    static final long LOSS_SEEN = 1_500;
    /** A stream says that its replica cannot reach the database within that. */
    static final long AWAY_SAID = 5_000;

    /** An acknowledged heartbeat is written with the next batch, which a replica that dies or stands still takes along. */
    static final long WRITTEN = 1_500;
    /** A replica that is cut off may take its machines' word for so long before it must know that it cannot pass it on. */
    static final long CUT_NOTICED = 5_000;

    /** A replica that tries again may not notice that the database ended its connections, and hears on. */
    static final long BRIDGED = 500;

    /** Round trips to the database from hearing something to showing it: begin, update, notify and commit; begin and read. */
    static final int TRIPS = 6;
    /** What is tried again, because some of the connections are reset, may be so much later. */
    static final long SHAKY_SLACK = 5_000;

    /** How late the harness itself may be on a busy machine; what its own pauses add is measured. */
    static final long TOLERANCE = 200;
    /** A machine waits so long for an answer. */
    static final long CLIENT_TIMEOUT = 2_000;
    /** A machine that asks replicas which can serve, and so often in a row is refused, is locked out. */
    static final int REFUSALS = 4;
    /** A list or stream of a replica that can serve is there again within that. */
    static final long WATCHED_AGAIN = 5_000;

    private Bounds() {}
}
