package org.machineregistry.feed;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.change.ChangeListener;
import org.machineregistry.database.DatabaseAvailability;

/** Whether what streams show is live: the database can be reached, and what changes there is heard. */
@ApplicationScoped
class LiveState {
    private final DatabaseAvailability database;
    private final ChangeListener listener;
    private volatile long liveUntil;
    private volatile boolean live = true;

    LiveState(DatabaseAvailability database, ChangeListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Looks again. @return whether that changed since the last look */
    boolean look() {
        boolean before = live;
        live = database.isAvailable() && listener.isListening();
        if (live) {
            liveUntil = database.epochMillis();
        } else if (before && !database.isAvailable()) {
            liveUntil = Math.min(liveUntil, database.lastAnswerEpochMillis());
        }
        return live != before;
    }

    boolean isLive() {
        return live;
    }

    /** The time of all that streams show, in milliseconds since the epoch by the database's time of day. */
    long asOf() {
        return liveUntil;
    }

    /** The database's time of day, in milliseconds since the epoch. */
    long now() {
        return database.epochMillis();
    }
}
