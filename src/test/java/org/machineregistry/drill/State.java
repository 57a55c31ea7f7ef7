package org.machineregistry.drill;

/** What a list or a stream says of a machine. */
enum State {
    ONLINE, NEVER_CONNECTED, DISCONNECTED, CONNECTION_LOST, MISSED_HEARTBEATS, MISSING;

    /** @param text the reason where it is offline */
    static State of(String text) {
        return valueOf(text.toUpperCase());
    }

    boolean isOffline() {
        return this != ONLINE && this != MISSING;
    }
}
