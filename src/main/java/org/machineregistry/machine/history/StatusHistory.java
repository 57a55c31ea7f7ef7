package org.machineregistry.machine.history;

import java.time.Duration;
import java.util.List;

import org.machineregistry.machine.MachineStatus;

/**
 * The history of a machine: its last changes, the newest first, and for which part of the time it was online.
 *
 * @param changes 64 at most
 */
record StatusHistory(List<StatusChange> changes, Uptime uptime) {
    /** Each from 0 to 1; null for a time that the changes do not reach back to. */
    record Uptime(Double day, Double week, Double month) {}

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    /** @param now milliseconds since the epoch, by the clock that the changes are of */
    static StatusHistory of(List<StatusChange> changes, long now) {
        return new StatusHistory(changes, new Uptime(uptime(changes, now, DAY), uptime(changes, now, WEEK),
                uptime(changes, now, MONTH)));
    }

    private static Double uptime(List<StatusChange> changes, long now, Duration time) {
        long from = now - time.toMillis();
        long online = 0;
        long until = now;
        for (StatusChange change : changes) {
            // The order is that of the changes; where the clock was set back, one of them took no time.
            long since = Math.max(from, Math.min(change.at(), until));
            if (change.status() == MachineStatus.ONLINE) {
                online += until - since;
            }
            until = since;
            if (change.at() <= from) {
                return (double) online / time.toMillis();
            }
        }
        return null;
    }
}
