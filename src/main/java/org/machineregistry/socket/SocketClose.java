package org.machineregistry.socket;

import java.util.concurrent.ThreadLocalRandom;

import org.machineregistry.presence.HeartbeatInterval;

import io.quarkus.websockets.next.CloseReason;

/** Why the service closes a socket. */
final class SocketClose {
    static final CloseReason NOT_UNDERSTOOD = new CloseReason(1008, "The message is not understood");
    static final CloseReason TOKEN_NO_LONGER_GOOD = new CloseReason(4401, "The token is no longer good");
    static final CloseReason TAKEN_OVER = new CloseReason(4409, "A newer connection of this machine took over");
    private static final int GOING_AWAY = 1001;
    private static final int LONGEST_DELAY_SECONDS = 10;

    private SocketClose() {}

    /** Come back, but not all at once, and before silence counts: the reason ends with a random number of seconds. */
    static CloseReason comeBack(HeartbeatInterval interval) {
        int longest = Math.max(1, Math.min(LONGEST_DELAY_SECONDS, interval.ttlSeconds() / 4));
        return new CloseReason(GOING_AWAY,
                "Come back after seconds: " + (1 + ThreadLocalRandom.current().nextInt(longest)));
    }
}
