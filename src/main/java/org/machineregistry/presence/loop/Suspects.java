package org.machineregistry.presence.loop;

import java.util.HashMap;
import java.util.Map;

/** The machines that were silent when it was last looked, and since when they have been seen so. Of one thread alone. */
final class Suspects {
    /** @param heardMicros when the machine was last heard, of the presence clock */
    private record Suspect(long heardMicros, long since) {}

    private Map<String, Suspect> suspects = new HashMap<>();

    boolean isEmpty() {
        return suspects.isEmpty();
    }

    void clear() {
        suspects = new HashMap<>();
    }

    /**
     * Forgets those that are not among the silent any more.
     *
     * @param silent with when each was last heard
     * @param now of {@link System#nanoTime()}
     */
    void see(Map<String, Long> silent, long now) {
        Map<String, Suspect> known = suspects;
        suspects = new HashMap<>();
        silent.forEach((machineId, heardMicros) -> {
            Suspect before = known.get(machineId);
            boolean same = before != null && before.heardMicros() == heardMicros;
            suspects.put(machineId, same ? before : new Suspect(heardMicros, now));
        });
    }

    /** Those that have been seen silent for so long, with when each was last heard. */
    Map<String, Long> seenFor(long nanos, long now) {
        Map<String, Long> ripe = new HashMap<>();
        suspects.forEach((machineId, suspect) -> {
            if (now - suspect.since() >= nanos) {
                ripe.put(machineId, suspect.heardMicros());
            }
        });
        return ripe;
    }
}
