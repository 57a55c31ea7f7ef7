package org.machineregistry.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * Something to tell of one machine. It stays what it was when it became due, whatever becomes of the machine until it arrives.
 *
 * @param pending as it stands in the row
 * @param since when it went offline or came back, in milliseconds since the epoch
 * @param reason why it is offline; null where it is back
 * @param downSince since when it was offline, where it is back; else the same as {@code since}
 * @param removal when it is removed unless it comes back, where that is what is told; else null
 */
record MachineAlert(String machineId, String name, String owner, String pending, boolean down, long since,
        String reason, long downSince, Removal removal) {
    private static final int KIND = 0;
    private static final int SINCE = 1;
    private static final int DETAIL = 2;
    private static final int REASON = 1;
    private static final int SECONDS_LEFT = 3;

    /**
     * @param at in milliseconds since the epoch
     * @param left until then, when it became due
     */
    record Removal(long at, Duration left) {}

    /** @param pending such as {@code down 1795450000000 missed_heartbeats} or {@code back 1795450840000 1795450000000} */
    static MachineAlert parse(String machineId, String name, String owner, String pending) {
        String[] parts = pending.split(" ");
        boolean down = parts[KIND].equals("down");
        long since = Long.parseLong(parts[SINCE]);
        return new MachineAlert(machineId, name, owner, pending, down, since, down ? parts[DETAIL] : null,
                down ? since : Long.parseLong(parts[DETAIL]), null);
    }

    /** @param pending such as {@code 1795450000000 missed_heartbeats 1796054800000 86400} */
    static MachineAlert parseWarning(String machineId, String name, String owner, String pending) {
        String[] parts = pending.split(" ");
        long since = Long.parseLong(parts[0]);
        return new MachineAlert(machineId, name, owner, pending, true, since, parts[REASON], since,
                new Removal(Long.parseLong(parts[DETAIL]), Duration.ofSeconds(Long.parseLong(parts[SECONDS_LEFT]))));
    }

    /** The same at each try, and another for each change. */
    String id() {
        if (isRemoval()) {
            return machineId + ".removal." + removal.at;
        }
        return machineId + '.' + (down ? "down" : "back") + '.' + since;
    }

    /** Returns whether the machine will be removed, rather than that it went down or came back. */
    boolean isRemoval() {
        return removal != null;
    }

    String status() {
        return down ? "offline" : "online";
    }

    Instant at() {
        return Instant.ofEpochMilli(since);
    }

    Instant downAt() {
        return Instant.ofEpochMilli(downSince);
    }

    /** Returns for how long a machine that is back was offline. */
    Duration outage() {
        // The database's clock may have been set back meanwhile.
        return Duration.ofMillis(Math.max(0, since - downSince));
    }
}
